package dev.orderflow.local.client;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What became of the orders of a file, by outcome. Safe for use by several threads. */
final class Summary {

    /** What an outcome begins with that is none. */
    static final String FAILED = "failed: ";

    private static final int TOLD = 5;

    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final Map<String, Integer> expected = new TreeMap<>();
    private final List<String> odd = new ArrayList<>();
    private final long[] latencyMicros;
    private int answered;
    private int repeats;
    private int different;
    private int failed;

    Summary(int orders) {
        latencyMicros = new long[orders];
    }

    /** @param why what the answer said where it refused the order; may be empty */
    synchronized void add(OrderFile.Line line, String outcome, String why, long micros) {
        latencyMicros[answered++] = micros;
        outcomes.merge(outcome, 1, Integer::sum);
        if (outcome.startsWith(FAILED)) {
            failed++;
        }
        if (line.repeat()) {
            repeats++;
        }
        if (!line.expect().isEmpty()) {
            expected.merge(line.expect(), 1, Integer::sum);
            if (!line.expect().equals(outcome)) {
                different++;
                tell("line " + line.number() + ": " + outcome + ", not " + line.expect(), why);
            }
        } else if (!why.isEmpty()) {
            tell("line " + line.number() + ": " + outcome, why);
        }
    }

    private void tell(String what, String why) {
        if (odd.size() < TOLD) {
            odd.add(why.isEmpty() ? what : what + ", " + why);
        }
    }

    /** Whether each order had an outcome, and that which its file says, if it says one. */
    synchronized boolean isAsItShouldBe() {
        return different == 0 && failed == 0;
    }

    synchronized void print(PrintStream out, Duration took) {
        long[] sorted = Arrays.copyOf(latencyMicros, answered);
        Arrays.sort(sorted);
        double seconds = took.toNanos() / 1e9;
        out.printf(
                "%,d orders in %.1f s: %,.0f orders/s; answer p50 %s, p99 %s%n",
                answered, seconds, answered / seconds, percentile(sorted, 0.50), percentile(sorted, 0.99));
        if (repeats > 0) {
            out.printf("%,d of them repeat an order sent before, and got the answer of that order%n", repeats);
        }
        boolean compared = !expected.isEmpty();
        out.printf("%n%-30s %10s%s%n", "outcome", "orders", compared ? "   expected" : "");
        TreeSet<String> rows = new TreeSet<>(outcomes.keySet());
        rows.addAll(expected.keySet());
        for (String row : rows) {
            String wanted = compared ? " %,10d".formatted(expected.getOrDefault(row, 0)) : "";
            out.printf("%-30s %,10d%s%n", row, outcomes.getOrDefault(row, 0), wanted);
        }
        if (different > 0) {
            out.printf("%n%,d orders had another outcome than the file says.%n", different);
        }
        if (failed > 0) {
            out.printf("%n%,d orders had no outcome: send the file again, the same order is taken once.%n", failed);
        }
        if (!odd.isEmpty()) {
            out.println();
            odd.forEach(out::println);
        }
    }

    private static String percentile(long[] sorted, double share) {
        if (sorted.length == 0) {
            return "-";
        }
        int at = (int) Math.min(sorted.length - 1L, Math.round(share * (sorted.length - 1)));
        return "%.1f ms".formatted(sorted[at] / 1000.0);
    }
}
