package dev.orderflow.local.command;

import dev.orderflow.durable.settings.Settings;
import dev.orderflow.local.process.DataDirectory;
import dev.orderflow.local.stack.LocalStack;
import dev.orderflow.local.stack.ServiceCatalogue;
import dev.orderflow.local.stack.StackOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code orderflow up}: the whole product on this machine. */
@Command(
        name = "up",
        description = "Starts the whole product on this machine: Kafka, registry, ClickHouse, payment provider, mailbox"
                + " and all services.",
        footer = {
            "",
            "Settings that are often of use:",
            "  dispatch.duration=0s       complete orders as soon as they are confirmed",
            "  payment.provider=plain     charge at a provider of your own, with",
            "    payment.url=URL          its address",
            "  port.kafka=N               also .registry, .clickhouse, .provider, .smtp",
            "  kafka.broker.NAME=VALUE    a property of the broker",
            "  demo.stock=false           begin with empty shelves",
            "docs/operations.md has all of them."
        })
public final class UpCommand implements Callable<Integer> {

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Port of the HTTP API; 0 for free ports (default: ${DEFAULT-VALUE}).")
    private int port = 8080;

    @Option(names = "--data", paramLabel = "DIR", description = "Where everything is kept (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of(".orderflow");

    @Option(names = "--fresh", description = "Throws away what is kept in the data directory first.")
    private boolean fresh;

    @Option(names = "--separate", description = "Runs each service as a process of its own, started again when killed.")
    private boolean separate;

    @Option(
            names = "--without",
            paramLabel = "NAME",
            split = ",",
            description = "Leaves services out, such as one that you run in a debugger; says how to start them.")
    private List<String> without = new ArrayList<>();

    @Option(
            names = "--demo",
            description = "Adds POST /demo/crash/{part}, which kills that part's process at once, and buttons for it to"
                    + " /shop.")
    private boolean demo;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "Sets a setting; may be given more than once.")
    private List<String> assignments = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
        long begun = System.nanoTime();
        Settings assigned = Settings.fromAssignments(assignments);
        Settings settings = Settings.fromEnvironment(System.getenv()).overlaidWith(assigned);
        Path directory = data.toAbsolutePath().normalize();
        Set<ServiceCatalogue> services = ServiceCatalogue.allBut(without);
        try (DataDirectory held = DataDirectory.open(directory, "http://127.0.0.1:" + port)) {
            if (fresh) {
                held.empty();
            }
            System.out.println("Orderflow starts; everything is kept in " + directory);
            StackOptions options = new StackOptions(directory, port, separate, services, demo, settings, assigned);
            CountDownLatch end = new CountDownLatch(1);
            CountDownLatch ended = new CountDownLatch(1);
            try (LocalStack stack = start(options)) {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    end.countDown();
                    awaitQuietly(ended);
                }));
                welcome(stack, Duration.ofNanos(System.nanoTime() - begun));
                end.await();
                System.out.println("\nstopping");
            } finally {
                ended.countDown();
            }
            System.out.println("stopped; ./orderflow up goes on where it was");
        }
        return 0;
    }

    private static LocalStack start(StackOptions options) {
        return LocalStack.start(options, System.out, Boolean.getBoolean("orderflow.terminal"));
    }

    private static void welcome(LocalStack stack, Duration took) {
        if (!stack.leftOut().isEmpty()) {
            System.out.println("\nLeft out, and yours to start:");
            stack.leftOut().forEach(command -> System.out.println("  " + command));
        }
        System.out.printf(
                """

                Ready in %.1f s at %s   (Kafka at %s)

                Look:
                  %s/console   orders, stock, payments, dead letters, revenue, audit
                  %s/shop      buys something

                Try:
                  curl -s %s/orders -H 'Prefer: wait=10' -H 'Content-Type: application/json' -d @examples/order.json
                  ./orderflow order examples/orders.ndjson --url %s
                  ./orderflow revenue --url %s

                Ctrl-C stops it.
                """,
                took.toMillis() / 1000.0,
                stack.address(),
                stack.bootstrap(),
                stack.address(),
                stack.address(),
                stack.address(),
                stack.address(),
                stack.address());
        System.out.flush();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
