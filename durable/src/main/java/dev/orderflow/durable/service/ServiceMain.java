package dev.orderflow.durable.service;

import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.runtime.TopicCheck;
import dev.orderflow.durable.runtime.TopicShape;
import dev.orderflow.durable.settings.Settings;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One service as a process of its own. Settings come from the environment ({@code ORDERFLOW_...}) and from
 * {@code --set name=value}; {@code http.host} and {@code http.port} say where it listens. When it serves, it prints
 * {@code ready ADDRESS}. It ends cleanly at SIGTERM.
 */
public final class ServiceMain {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceMain.class);

    private ServiceMain() {}

    /** A registry with the metrics of this JVM in it. */
    public static PrometheusMeterRegistry meters() {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(meters);
        new JvmThreadMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
        JvmGcMetrics collector = new JvmGcMetrics();
        collector.bindTo(meters);
        Runtime.getRuntime().addShutdownHook(new Thread(collector::close));
        return meters;
    }

    /**
     * Runs a service until the process is asked to end.
     *
     * @param topics by the settings, every topic that must be there: created when missing
     */
    public static void run(
            String[] args, TopicShape.Catalogue topics, Function<ServiceContext, OrderflowService> factory) {
        try {
            Settings assigned = Settings.fromAssignments(assignments(args));
            Settings settings = Settings.fromEnvironment(System.getenv()).overlaidWith(assigned);
            serve(settings, assigned, topics, factory);
        } catch (TerminalException failure) {
            System.err.println(failure.getMessage());
            System.exit(2);
        } catch (RuntimeException failure) {
            LOG.error("The service cannot run", failure);
            System.exit(1);
        }
    }

    private static void serve(
            Settings settings,
            Settings assigned,
            TopicShape.Catalogue topics,
            Function<ServiceContext, OrderflowService> factory) {
        PrometheusMeterRegistry meters = meters();
        ServiceContext context = ServiceContext.from(settings, meters);
        LOG.info("Asking Kafka at {} for the topics", context.kafka().bootstrap());
        try (Admin admin = Admin.create(context.kafka().clientProperties())) {
            TopicCheck.ensure(
                    admin, TopicShape.from(settings, TopicShape.PARTITIONS).of(topics));
        }
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        OrderflowService service = factory.apply(context);
        String host = settings.text("http.host", "127.0.0.1");
        int port = (int) settings.number("http.port", 8080, 0, 65_535);
        settings.refuseUnread(assigned);
        try (service) {
            service.start();
            try (ServiceHost http = ServiceHost.start(host, port, List.of(service), meters)) {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    end.countDown();
                    await(ended);
                }));
                System.out.println("ready " + host + ":" + http.port());
                await(end);
            }
        } finally {
            ended.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> assignments(String[] args) {
        List<String> assignments = new ArrayList<>();
        for (int i = 0; i < args.length; i += 2) {
            if (!args[i].equals("--set")) {
                throw new TerminalException("'" + args[i] + "' is not understood: use --set name=value");
            }
            if (i + 1 == args.length) {
                throw new TerminalException("--set needs name=value behind it");
            }
            assignments.add(args[i + 1]);
        }
        return assignments;
    }
}
