package dev.orderflow.local.chaos;

import dev.orderflow.local.client.Api;
import dev.orderflow.local.client.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
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

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Where the table is written too, row by row (default: beside the data).")
    private @Nullable Path report;

    @Option(
            names = "--together",
            description =
                    "Broker and services in one process, as up has them without --separate: what would be done to one of"
                            + " them is done to all.")
    private boolean together;

    @Option(names = "--plan", description = "Prints what would happen when, and ends.")
    private boolean planOnly;

    @Override
    public Integer call() throws IOException {
        long chosen = seed == null ? new Random().nextInt(1_000_000) : seed;
        List<ChaosPlan.Round> plan = ChaosPlan.of(chosen, rounds);
        String title = "chaos with seed %d: %d rounds of %d orders; %d rounds have every pair of faults"
                .formatted(chosen, rounds, orders, ChaosPlan.PAIRS);
        if (planOnly) {
            System.out.println(title);
            plan.forEach(round -> System.out.println(round.text()));
            return 0;
        }
        Path directory =
                (data == null ? Files.createTempDirectory("orderflow-chaos-").resolve("data") : data).toAbsolutePath();
        Path table = report == null ? directory.resolveSibling(directory.getFileName() + ".md") : report;
        StackUnderChaos stack = new StackUnderChaos(directory, StackUnderChaos.SHORT_DEADLINES, together);
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close));
        try (stack;
                ChaosReport results = ChaosReport.begin(ChaosCommand::say, table)) {
            results.say(title);
            results.say("data in " + directory + ", what happens in " + stack.log() + ", this table in " + table);
            results.say("");
            stack.start();
            results.header();
            play(plan, chosen, stack, results);
            return results.end(chosen, stack.repeatedStarts()) ? 0 : 1;
        }
    }

    private void play(List<ChaosPlan.Round> plan, long chosen, StackUnderChaos stack, ChaosReport results) {
        Map<String, Long> adjusted = ChaosStock.put(stack.address());
        try (Load load = new Load(stack.address());
                Evidence evidence = new Evidence(stack);
                ProgressBar bar = bar(rounds)) {
            for (ChaosPlan.Round round : plan) {
                stack.note("round " + round.text());
                bar.setExtraMessage(
                        round.process().text() + " x " + round.provider().text());
                ChaosReport.Row row = run(round, chosen, stack, load, evidence, adjusted);
                bar.step();
                results.add(row);
            }
        }
    }

    private ChaosReport.Row run(
            ChaosPlan.Round round,
            long chosen,
            StackUnderChaos stack,
            Load load,
            Evidence evidence,
            Map<String, Long> adjusted) {
        long begun = System.nanoTime();
        Duration placing = Duration.ofMillis(1_000L * orders / rate);
        CompletableFuture<Void> faults = CompletableFuture.runAsync(
                new RoundFaults(round, placing, stack)::run,
                task -> Thread.ofPlatform().name("chaos-faults").start(task));
        int first = (round.number() - 1) * orders;
        for (int i = 0; i < orders; i++) {
            long due = begun + i * placing.toNanos() / orders;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            load.place(ChaosOrder.of(chosen, first + i));
        }
        faults.join();
        long placed = System.nanoTime();
        boolean whole = settle(load, evidence, adjusted);
        Verdict verdict = evidence.judge(load.taken(), adjusted);
        boolean audited = whole && agrees(stack);
        return new ChaosReport.Row(round, verdict, audited, Duration.ofNanos(System.nanoTime() - placed));
    }

    /** Waits until every order has ended and everything adds up; false when the time for it is over before. */
    private boolean settle(Load load, Evidence evidence, Map<String, Long> adjusted) {
        long end = System.nanoTime() + Duration.ofSeconds(settle).toNanos();
        while (System.nanoTime() < end) {
            long looked = System.nanoTime();
            if (load.isDone()
                    && evidence.refresh()
                    && evidence.judge(load.taken(), adjusted).lost() == 0
                    && evidence.readBooks()
                    && evidence.judge(load.taken(), adjusted).holds()) {
                return true;
            }
            // The books of many orders are long: reading them may take half of the time.
            LockSupport.parkNanos(Math.max(LOOK_NANOS, System.nanoTime() - looked));
        }
        evidence.refresh();
        evidence.readBooks();
        return false;
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

    private static void say(String line) {
        System.out.println(line);
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
