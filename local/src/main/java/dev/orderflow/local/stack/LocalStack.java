package dev.orderflow.local.stack;

import dev.orderflow.local.client.CommandException;
import dev.orderflow.local.mailbox.Mailbox;
import dev.orderflow.local.process.LoopbackPort;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The whole product on this machine: what it stands on, and all services. Started once, closed once. */
public final class LocalStack implements AutoCloseable {

    private static final Duration READY_LIMIT = Duration.ofMinutes(2);
    private static final Duration HEAD_START = Duration.ofSeconds(5);
    private static final long LOOK_NANOS = 20_000_000L;

    private final Startup startup;
    private final Ports ports;
    private final List<String> leftOut;

    private LocalStack(Startup startup, Ports ports, List<String> leftOut) {
        this.startup = startup;
        this.ports = ports;
        this.leftOut = List.copyOf(leftOut);
    }

    /**
     * Starts everything but the services that are left out, and returns when what was started is ready.
     *
     * @param out hears the progress
     * @param terminal whether {@code out} is a terminal, on which lines may be written over
     * @throws CommandException when something cannot be started; what had been started is stopped again
     */
    public static LocalStack start(StackOptions options, PrintStream out, boolean terminal) {
        Ports ports = Ports.choose(options.port(), options.settings());
        boolean demoStock = DemoStock.isWanted(options.settings()) && options.has(ServiceCatalogue.INVENTORY);
        Progress progress = new Progress(out, terminal);
        Startup startup = new Startup(progress);
        try {
            Foundation foundation = new Foundation(options, ports, startup, progress);
            if (options.separate()) {
                separate(options, ports, foundation, startup);
            } else {
                together(options, ports, foundation, startup);
            }
            if (demoStock) {
                DemoStock.load(options.data(), address(ports));
            }
            foundation.leftOut().write(foundation.settings());
            return new LocalStack(startup, ports, foundation.leftOut().commands());
        } catch (CompletionException failure) {
            startup.close();
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        } catch (RuntimeException failure) {
            startup.close();
            throw failure;
        }
    }

    private static void together(StackOptions options, Ports ports, Foundation foundation, Startup startup) {
        // Made first, so that a bad setting is refused before anything is started.
        TogetherServices services = new TogetherServices(foundation.settings(), options);
        List<String> names = options.services().stream()
                .sorted()
                .map(ServiceCatalogue::title)
                .toList();
        names.forEach(name ->
                foundation.crashButton().add(name, () -> ProcessHandle.current().pid()));
        CompletableFuture<?> clickhouse = foundation.clickhouse();
        CompletableFuture<?> registry = foundation.remembersSchemas() ? null : foundation.registry();
        try {
            Mailbox mailbox = foundation.start();
            startup.nextLayer();
            startup.part(
                            "services",
                            () -> {
                                services.start(ports.http(), beans(options, foundation, mailbox));
                                letOrdersFirst(services::isReady);
                                return services;
                            },
                            started -> String.join(", ", names))
                    .join();
            if (registry == null) {
                registry = foundation.registry();
            }
            registry.join();
            clickhouse.join();
            awaitReady(services::isReady, services::status, options.data());
        } catch (RuntimeException failure) {
            services.close();
            throw failure;
        }
    }

    private static void separate(StackOptions options, Ports ports, Foundation foundation, Startup startup) {
        // Made and not used, so that a bad setting is refused before anything is started: the services themselves read
        // their environment, which may hold what others need.
        new TogetherServices(foundation.settings(), options).close();
        Mailbox mailbox = foundation.start();
        startup.nextLayer();
        SeparateServices services = new SeparateServices(ports.http(), options.services());
        services.start(
                foundation,
                beans(options, foundation, mailbox),
                startup,
                () -> awaitReady(services::isReady, services::status, options.data()));
    }

    /**
     * Gives services the processors to themselves for a moment, since orders wait for them and for nothing else: no longer,
     * since one that is new may need a schema that nobody has asked the registry for.
     */
    static void letOrdersFirst(BooleanSupplier ready) {
        long end = System.nanoTime() + HEAD_START.toNanos();
        while (!ready.getAsBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static Object[] beans(StackOptions options, Foundation foundation, Mailbox mailbox) {
        return options.demo() ? new Object[] {mailbox, foundation.crashButton()} : new Object[] {mailbox};
    }

    private static void awaitReady(BooleanSupplier ready, Supplier<String> status, Path data) {
        long end = System.nanoTime() + READY_LIMIT.toNanos();
        while (!ready.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new CommandException("Not ready within " + READY_LIMIT.toSeconds() + " s: " + status.get()
                        + ". The logs are in " + data.resolve("logs") + ".");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Where the API is served. */
    public String address() {
        return address(ports);
    }

    /** For each service that was left out, the line for a shell that starts it. */
    public List<String> leftOut() {
        return leftOut;
    }

    /** Where Kafka clients connect. */
    public String bootstrap() {
        return LoopbackPort.HOST + ":" + ports.kafka();
    }

    private static String address(Ports ports) {
        return "http://" + LoopbackPort.HOST + ":" + ports.http();
    }

    @Override
    public void close() {
        startup.close();
    }
}
