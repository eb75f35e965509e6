package dev.orderflow.local.client;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code orderflow order FILE}: posts orders and says what became of them. */
@Command(
        name = "order",
        description = "Posts one JSON order, or one from each line of a file, and says what became of them.",
        footer = {
            "",
            "A line may say which outcome it must have, in a member \"expect\" that is not",
            "posted: confirmed, cancelled out_of_stock, cancelled payment_declined,",
            "invalid, conflict. Ends with 1 when an order had another outcome than its line",
            "says, or none at all; one order alone that says nothing must be confirmed."
        })
public final class OrderCommand implements Callable<Integer> {

    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final int ERRORS = 400;

    @Mixin
    private Address address = new Address();

    @Parameters(paramLabel = "FILE", description = "A file, or - for standard input.")
    private String file = "-";

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Orders a second; as fast as they are answered if not given.")
    private double rate;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "Orders on their way at once (default: ${DEFAULT-VALUE}).")
    private int parallel = 512;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            description = "How long to wait for the outcome of an order (default: ${DEFAULT-VALUE}).")
    private int patience = 60;

    @Override
    public Integer call() {
        Api api = address.api();
        List<OrderFile.Line> lines = OrderFile.read(file);
        api.reach();
        return lines.size() == 1 ? one(api, lines.getFirst()) : many(api, lines);
    }

    private int one(Api api, OrderFile.Line line) {
        Instant end = Instant.now().plusSeconds(patience);
        Api.Answer answer = settle(api, line, end, true);
        if (answer.status() >= ERRORS) {
            System.err.println(answer.problem());
        } else {
            System.out.println(answer.body().toPrettyString());
        }
        String outcome = outcome(answer);
        if (line.expect().isEmpty()) {
            return outcome.equals("confirmed") ? 0 : 1;
        }
        if (!outcome.equals(line.expect())) {
            System.err.println("Its outcome is " + outcome + ", not " + line.expect() + " as the file says.");
            return 1;
        }
        return 0;
    }

    private int many(Api api, List<OrderFile.Line> lines) {
        Summary summary = new Summary(lines.size());
        Semaphore slots = new Semaphore(Math.max(1, parallel));
        long started = System.nanoTime();
        // No virtual threads, which all meet at the summary: before 25.0.4, one may wait for a monitor for ever
        // (JDK-8373120).
        try (ProgressBar bar = bar(lines.size());
                ExecutorService workers = Executors.newCachedThreadPool()) {
            for (int i = 0; i < lines.size(); i++) {
                OrderFile.Line line = lines.get(i);
                pace(started, i);
                slots.acquireUninterruptibly();
                workers.execute(() -> {
                    try {
                        long begun = System.nanoTime();
                        Api.Answer answer = settle(api, line, Instant.now().plusSeconds(patience), false);
                        String why = answer.status() < ERRORS ? "" : answer.problem();
                        summary.add(line, outcome(answer), why, (System.nanoTime() - begun) / 1_000);
                    } catch (CommandException failure) {
                        summary.add(line, Summary.FAILED + failure.getMessage(), "", 0);
                    } finally {
                        slots.release();
                        bar.step();
                    }
                });
            }
        }
        summary.print(System.out, Duration.ofNanos(System.nanoTime() - started));
        return summary.isAsItShouldBe() ? 0 : 1;
    }

    private void pace(long started, int index) {
        if (rate <= 0) {
            return;
        }
        long due = started + (long) (index / rate * 1e9);
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Posts an order until its outcome is known: the same order again is the same order. */
    private static Api.Answer settle(Api api, OrderFile.Line line, Instant end, boolean whole) {
        while (true) {
            String last;
            try {
                long wait = Math.max(1, Duration.between(Instant.now(), end).toSeconds());
                Api.Answer answer = api.order(line.body(), Math.min(wait, 30), whole);
                boolean undecided = answer.status() == 202 || answer.status() == 503 || answer.status() == 429;
                if (!undecided
                        || (answer.status() == 202 && !answer.text("paymentUrl").isEmpty())) {
                    return answer;
                }
                last = "HTTP " + answer.status();
            } catch (IOException unreachable) {
                last = unreachable.toString();
            }
            if (!line.body().contains("\"orderId\"")) {
                throw new CommandException(
                        "no outcome (" + last + "), and an order without an orderId is not posted twice");
            }
            if (Instant.now().isAfter(end)) {
                throw new CommandException("no outcome in time (" + last + ")");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static String outcome(Api.Answer answer) {
        return switch (answer.status()) {
            case 200, 202 ->
                answer.text("outcome").equals("cancelled")
                        ? "cancelled " + answer.text("reason")
                        : answer.text("outcome").isEmpty() ? answer.text("status") : answer.text("outcome");
            case 400 -> "invalid";
            case 422 -> "conflict";
            default -> Summary.FAILED + "HTTP " + answer.status();
        };
    }

    private static ProgressBar bar(int orders) {
        ProgressBarBuilder bar = new ProgressBarBuilder()
                .setTaskName("orders")
                .setInitialMax(orders)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .showSpeed();
        if (!Boolean.getBoolean("orderflow.terminal")) {
            // A log is no place for a line that is written over: it would hold every state of it.
            bar.setConsumer(new DelegatingProgressBarConsumer(line -> {}));
        }
        return bar.build();
    }
}
