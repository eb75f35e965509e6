package dev.orderflow.local.chaos;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** The results of a run as a table that Markdown and people read. Counts are those since the begin of the run. */
final class ChaosTable {

    private static final String FORMAT =
            "| %5s | %-24s | %-15s | %7s | %9s | %9s | %8s | %8s | %4s | %5s | %6s | %6s | %5s"
                    + " | %5s | %7s | %5s | %6s |";

    private ChaosTable() {}

    /**
     * One round.
     *
     * @param audited whether the running audit came to agree
     * @param settling from the last order placed until everything added up
     */
    record Row(ChaosPlan.Round round, Verdict verdict, boolean audited, Duration settling) {}

    static String line(Row row) {
        Verdict verdict = row.verdict();
        return FORMAT.formatted(
                row.round().number(),
                row.round().process().text(),
                row.round().provider().text(),
                verdict.orders(),
                verdict.confirmed(),
                verdict.cancelled(),
                verdict.refunded(),
                verdict.captures(),
                verdict.lost(),
                verdict.chargedTwice(),
                verdict.ghosts(),
                verdict.unpaid(),
                verdict.confirmedTwice(),
                verdict.stockWrong(),
                verdict.revenueWrong(),
                row.audited() ? "yes" : "NO",
                row.settling().toSeconds() + " s");
    }

    static void print(PrintStream out, List<Row> rows, long seed, int repeatedStarts) {
        out.println();
        out.println(FORMAT.formatted(
                "round",
                "processes",
                "provider",
                "orders",
                "confirmed",
                "cancelled",
                "refunded",
                "captured",
                "lost",
                "twice",
                "ghosts",
                "unpaid",
                "conf2",
                "stock",
                "revenue",
                "audit",
                "settle"));
        out.println("|---".repeat(17) + "|");
        rows.forEach(row -> out.println(line(row)));
        rows.stream()
                .flatMap(row -> row.verdict().examples().stream())
                .distinct()
                .forEach(example -> out.println("  wrong: " + example));
        out.println();
        if (repeatedStarts > 0) {
            out.println(repeatedStarts + " starts did not become ready, and were made again.");
        }
        boolean holds = rows.stream().allMatch(row -> row.verdict().holds() && row.audited());
        out.println(
                holds
                        ? "Everything held: nothing lost, charged twice or charged without an order (seed " + seed
                                + ")."
                        : "SOMETHING DID NOT HOLD (seed " + seed + ").");
    }
}
