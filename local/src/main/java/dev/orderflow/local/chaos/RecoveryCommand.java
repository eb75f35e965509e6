package dev.orderflow.local.chaos;

import dev.orderflow.local.client.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code orderflow recovery}: how soon orders go on after a kill. */
@Command(
        name = "recovery",
        description =
                "Places orders at a steady rate in a stack of its own, kills a part of it, which is started again at"
                        + " once, and measures the time from the kill to the next confirmations.",
        footer = {
            "",
            "A time ends when a consumer of committed records has the confirmation of an order that was placed after the",
            "kill. Ends with 1 when one was not in time. docs/chaos.md has results."
        })
public final class RecoveryCommand implements Callable<Integer> {

    private static final long LOOK_NANOS = Duration.ofMillis(20).toNanos();
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration CALM = Duration.ofSeconds(4);
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Option(names = "--repeat", paramLabel = "N", description = "Kills of each (default: ${DEFAULT-VALUE}).")
    private int repeat = 5;

    @Option(names = "--rate", paramLabel = "N", description = "Orders a second (default: ${DEFAULT-VALUE}).")
    private int rate = 50;

    @Option(
            names = "--charge",
            paramLabel = "MS",
            description = "How long a charge takes at the provider (default: ${DEFAULT-VALUE}).")
    private int charge = 500;

    @Option(
            names = "--kill",
            paramLabel = "PART",
            split = ",",
            description = "What is killed: ${COMPLETION-CANDIDATES} (default: all of them, one after the other).")
    private List<RecoveryVictim> victims = List.of(RecoveryVictim.values());

    @Option(names = "--data", paramLabel = "DIR", description = "Where the stack keeps its data (default: a new one).")
    private @Nullable Path data;

    @Override
    public Integer call() throws IOException {
        Path directory = (data == null
                        ? Files.createTempDirectory("orderflow-recovery-").resolve("data")
                        : data)
                .toAbsolutePath();
        StackUnderChaos stack = new StackUnderChaos(directory, Map.of(), false);
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close));
        System.out.println("data in " + directory + ", what happens in " + stack.log());
        boolean reached = true;
        try (stack) {
            stack.start();
            ChaosStock.put(stack.address());
            stack.configureProvider(config());
            try (SteadyOrders orders = new SteadyOrders(stack, Long.toString(System.currentTimeMillis(), 36), rate)) {
                orders.begin();
                LockSupport.parkNanos(WARM_UP.toNanos());
                System.out.println(String.join("\n", RecoveryTable.HEADER));
                for (RecoveryVictim victim : victims) {
                    List<Recovery> recoveries = new ArrayList<>();
                    for (int i = 0; i < repeat; i++) {
                        recoveries.add(recovery(victim, stack, orders));
                    }
                    reached &= RecoveryTable.isReached(victim, recoveries);
                    System.out.println(RecoveryTable.row(victim, recoveries));
                }
            }
        }
        return reached ? 0 : 1;
    }

    private Recovery recovery(RecoveryVictim victim, StackUnderChaos stack, SteadyOrders orders) {
        awaitCalm(orders);
        orders.forgetConfirmed();
        stack.note("kill " + victim.title());
        long killedAt = System.nanoTime();
        CompletableFuture<Void> killing = CompletableFuture.runAsync(
                () -> {
                    victim.kill(stack);
                    // Killed with everything, the provider has forgotten how long a charge takes.
                    stack.configureProvider(config());
                },
                task -> Thread.ofPlatform().name("recovery-kill").start(task));
        Recovery recovery = within("orders went on after a kill of " + victim.title(), () -> {
            if (killing.isCompletedExceptionally()) {
                killing.join();
            }
            return Recovery.of(killedAt, orders.all());
        });
        killing.join();
        stack.note("new order after " + RecoveryTable.text(recovery.firstNew()));
        return recovery;
    }

    /** Until no more orders are under way than a second brings, and for a while after. */
    private void awaitCalm(SteadyOrders orders) {
        LockSupport.parkNanos(CALM.toNanos());
        within("orders kept pace", () -> orders.unconfirmed() <= rate ? Optional.of(rate) : Optional.empty());
    }

    private static <T> T within(String what, Supplier<Optional<T>> look) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end) {
            Optional<T> found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        throw new CommandException("It did not come to this within " + LIMIT.toSeconds() + " s: " + what);
    }

    private String config() {
        return "{\"latencyMs\":" + charge + "}";
    }
}
