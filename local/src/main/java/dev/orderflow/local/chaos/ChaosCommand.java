package dev.orderflow.local.chaos;

import dev.orderflow.local.client.Api;
import dev.orderflow.local.client.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code orderflow chaos}: whether any crash or fault breaks an order. */
@Command(
        name = "chaos",
        description = "Runs orders through a stack of its own, kills its parts and lets the payment provider misbehave,"
                + " and checks after each round by the topics, the provider's ledger and ClickHouse that nothing is"
                + " lost, charged twice or charged without an order.",
        footer = {
            "",
            "A seed repeats the orders and the schedule of faults; how processes meet in time it cannot repeat.",
            "Ends with 1 when something did not hold. docs/chaos.md has the results of a long run."
        })
public final class ChaosCommand implements Callable<Integer> {

    private static final long LOOK_NANOS = Duration.ofMillis(500).toNanos();
    private static final long MANY = 10_000_000;
    private static final long FEW = 150;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds (default: ${DEFAULT-VALUE}).")
    private int rounds = 10;

    @Option(names = "--seed", paramLabel = "S", description = "Of orders and faults; at random if not given.")
    private @Nullable Long seed;

    @Option(names = "--orders", paramLabel = "N", description = "Orders in each round (default: ${DEFAULT-VALUE}).")
    private int orders = 300;

    @Option(names = "--rate", paramLabel = "N", description = "Orders a second (default: ${DEFAULT-VALUE}).")
    private int rate = 30;

    @Option(
            names = "--settle",
            paramLabel = "S",
            description = "How long orders may take to end after a round, in seconds (default: ${DEFAULT-VALUE}).")
    private int settle = 240;

    @Option(names = "--data", paramLabel = "DIR", description = "Where the stack keeps its data (default: a new one).")
    private @Nullable Path data;

    @Option(names = "--plan", description = "Prints what would happen when, and ends.")
    private boolean planOnly;

    @Override
    public Integer call() throws IOException {
        long chosen = seed == null ? new Random().nextInt(1_000_000) : seed;
        List<ChaosPlan.Round> plan = ChaosPlan.of(chosen, rounds);
        System.out.println("chaos with seed " + chosen + ": " + rounds + " rounds of " + orders + " orders");
        if (planOnly) {
            plan.forEach(System.out::println);
            return 0;
        }
        Path directory =
                data == null ? Files.createTempDirectory("orderflow-chaos-").resolve("data") : data;
        StackUnderChaos stack = new StackUnderChaos(directory.toAbsolutePath());
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close));
        System.out.println(
                "the stack keeps its data in " + directory + ", and says what happens in " + directory + ".log");
        List<ChaosTable.Row> rows = new ArrayList<>();
        try (stack) {
            stack.start();
            Map<String, Long> adjusted = stock(stack);
            try (Load load = new Load(stack.address());
                    Evidence evidence = new Evidence(stack);
                    ProgressBar bar = bar(rounds)) {
                for (ChaosPlan.Round round : plan) {
                    bar.setExtraMessage(
                            round.process().text() + " x " + round.provider().text());
                    rows.add(run(round, chosen, stack, load, evidence, adjusted));
                    bar.step();
                    System.out.println(ChaosTable.line(rows.getLast()));
                }
            }
        }
        ChaosTable.print(System.out, rows, chosen, stack.repeatedStarts());
        return rows.stream().allMatch(row -> row.verdict().holds() && row.audited()) ? 0 : 1;
    }

    private ChaosTable.Row run(
            ChaosPlan.Round round,
            long chosen,
            StackUnderChaos stack,
            Load load,
            Evidence evidence,
            Map<String, Long> adjusted) {
        long begun = System.nanoTime();
        Duration placing = Duration.ofMillis(1_000L * orders / rate);
        Thread faults = Thread.ofPlatform().name("chaos-faults").start(() -> misbehave(round, placing, stack));
        int first = (round.number() - 1) * orders;
        for (int i = 0; i < orders; i++) {
            long due = begun + i * placing.toNanos() / orders;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            load.place(ChaosOrder.of(chosen, first + i));
        }
        join(faults);
        long placed = System.nanoTime();
        Verdict verdict = settled(load, evidence, adjusted);
        boolean audited = verdict.holds() && agrees(stack);
        return new ChaosTable.Row(round, verdict, audited, Duration.ofNanos(System.nanoTime() - placed));
    }

    /** Waits until every order has ended and everything adds up, or the time for it is over. */
    private Verdict settled(Load load, Evidence evidence, Map<String, Long> adjusted) {
        long end = System.nanoTime() + Duration.ofSeconds(settle).toNanos();
        while (true) {
            boolean read = evidence.refresh();
            Verdict verdict = evidence.judge(load.taken(), adjusted);
            if (System.nanoTime() > end || (read && load.isDone() && verdict.holds())) {
                return verdict;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Whether the running audit comes to say the same as the evidence. */
    private boolean agrees(StackUnderChaos stack) {
        long end = System.nanoTime() + Duration.ofSeconds(settle).toNanos();
        Api api = new Api(stack.address());
        while (System.nanoTime() < end) {
            try {
                Api.Answer audit = api.get("/audit");
                if (audit.status() == 200
                        && audit.body().path("agrees").asBoolean()
                        && audit.body().at("/inFlight/orders").asLong() == 0) {
                    return true;
                }
            } catch (CommandException unreachable) {
                // The gateway is being started again.
                LockSupport.parkNanos(LOOK_NANOS);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return false;
    }

    private static void misbehave(ChaosPlan.Round round, Duration placing, StackUnderChaos stack) {
        long begun = System.nanoTime();
        TreeMap<Double, Runnable> schedule = new TreeMap<>();
        if (round.provider() != ProviderFault.NONE) {
            schedule.put(
                    round.providerFrom(),
                    () -> stack.configureProvider(round.provider().config()));
            schedule.put(round.providerUntil(), () -> stack.configureProvider(ProviderFault.RESET));
        }
        round.at().forEach(at -> schedule.put(at, () -> apply(round.process(), stack)));
        schedule.forEach((at, action) -> {
            long due = begun + (long) (at * placing.toNanos());
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            action.run();
        });
    }

    private static void apply(ProcessFault fault, StackUnderChaos stack) {
        switch (fault) {
            case ProcessFault.None _ -> {}
            case ProcessFault.Kill(String part) -> killOnce(part, stack);
            case ProcessFault.KillAll _ -> stack.killAllAndStart();
            case ProcessFault.Stall(String part, int seconds) -> {
                Optional<ProcessHandle> stopped = stack.stop(part);
                LockSupport.parkNanos(Duration.ofSeconds(seconds).toNanos());
                stopped.ifPresent(StackUnderChaos::resume);
            }
        }
    }

    /** A part that was killed a moment ago may not be there yet. */
    private static void killOnce(String part, StackUnderChaos stack) {
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!stack.kill(part) && System.nanoTime() < end) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static Map<String, Long> stock(StackUnderChaos stack) {
        Map<String, Long> adjusted = new TreeMap<>();
        StringBuilder json = new StringBuilder();
        for (int i = 0; i < ChaosOrder.PRODUCTS; i++) {
            long pieces = i < ChaosOrder.SCARCE_FROM ? MANY : FEW;
            adjusted.put(ChaosOrder.product(i), pieces);
            json.append(i == 0 ? "[" : ",")
                    .append("{\"location\":\"" + ChaosOrder.LOCATION + "\",\"productId\":\"")
                    .append(ChaosOrder.product(i))
                    .append("\",\"delta\":")
                    .append(pieces)
                    .append(",\"adjustmentId\":\"chaos-")
                    .append(i)
                    .append("\"}");
        }
        Api.Answer answer = new Api(stack.address())
                .post("/stock/adjustments", json.append("]").toString());
        if (answer.status() != 202) {
            throw new CommandException("The stock for the chaos was refused: " + answer.problem());
        }
        return adjusted;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static ProgressBar bar(int rounds) {
        ProgressBarBuilder bar = new ProgressBarBuilder()
                .setTaskName("rounds")
                .setInitialMax(rounds)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(500);
        if (!Boolean.getBoolean("orderflow.terminal")) {
            // A log is no place for a line that is written over: it would hold every state of it.
            bar.setConsumer(new DelegatingProgressBarConsumer(line -> {}));
        }
        return bar.build();
    }
}
