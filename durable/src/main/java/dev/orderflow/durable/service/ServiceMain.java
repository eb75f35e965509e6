package dev.orderflow.durable.service;

import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.runtime.TopicCheck;
import dev.orderflow.durable.settings.Settings;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * One service as a process of its own. Settings come from the environment ({@code ORDERFLOW_...}) and from
 * {@code --set name=value}; {@code http.host} and {@code http.port} say where it listens. When it serves, it prints
 * {@code ready port=N}. It ends cleanly at SIGTERM and, with {@code --child}, at the end of its standard input, so that it
 * does not outlive whoever started it.
 */
public final class ServiceMain {

    private static final String CHILD = "--child";

    private ServiceMain() {}

    /** What this process serves. */
    @FunctionalInterface
    public interface Factory extends Function<ServiceContext, OrderflowService> {}

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
    public static void run(String[] args, Function<Settings, List<NewTopic>> topics, Factory factory) {
        try {
            Arguments arguments = Arguments.parse(args);
            serve(arguments, topics, factory);
        } catch (TerminalException failure) {
            System.err.println(failure.getMessage());
            System.exit(2);
        }
    }

    private static void serve(Arguments arguments, Function<Settings, List<NewTopic>> topics, Factory factory) {
        Settings settings = arguments.settings();
        PrometheusMeterRegistry meters = meters();
        ServiceContext context = ServiceContext.from(settings, meters);
        try {
            Files.createDirectories(context.kafka().stateDirectory());
        } catch (IOException failure) {
            throw new UncheckedIOException("No directory for the state of the service", failure);
        }
        try (Admin admin = Admin.create(context.kafka().clientProperties())) {
            TopicCheck.ensure(admin, topics.apply(settings));
        }
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        OrderflowService service = factory.apply(context);
        String host = settings.text("http.host", "127.0.0.1");
        int port = (int) settings.number("http.port", 8080, 0, 65_535);
        refuseUnread(settings);
        service.start();
        ServiceHost http = ServiceHost.start(host, port, List.of(service), meters);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            end.countDown();
            await(ended);
        }));
        if (arguments.child()) {
            Thread.ofPlatform().daemon().name("parent-watch").start(() -> {
                awaitEnd(System.in);
                end.countDown();
            });
        }
        System.out.println("ready port=" + http.port());
        await(end);
        http.close();
        service.close();
        ended.countDown();
        if (arguments.child()) {
            Runtime.getRuntime().halt(0);
        }
    }

    /** A misspelt setting must not be passed over in silence. */
    static void refuseUnread(Settings settings) {
        List<String> unread = settings.unread();
        if (!unread.isEmpty()) {
            throw new TerminalException(
                    "Unknown settings: " + unread + ". This service reads " + settings.known() + ".");
        }
    }

    private static void awaitEnd(InputStream in) {
        try {
            while (in.read() >= 0) {
                // Nothing is said on it: only its end counts.
            }
        } catch (IOException closed) {
            // As good as its end.
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private record Arguments(Settings settings, boolean child) {

        static Arguments parse(String[] args) {
            List<String> assignments = new ArrayList<>();
            boolean child = false;
            for (int i = 0; i < args.length; i++) {
                switch (args[i]) {
                    case CHILD -> child = true;
                    case "--set" -> {
                        if (++i == args.length) {
                            throw new TerminalException("--set needs name=value behind it");
                        }
                        assignments.add(args[i]);
                    }
                    default ->
                        throw new TerminalException(
                                "'" + args[i] + "' is not understood: use --set name=value, or " + CHILD);
                }
            }
            return new Arguments(
                    Settings.fromEnvironment(System.getenv()).overlaidWith(Settings.fromAssignments(assignments)),
                    child);
        }
    }
}
