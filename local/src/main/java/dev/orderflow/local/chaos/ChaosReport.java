package dev.orderflow.local.chaos;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The results of a run as a table that Markdown and people read, on the screen and in a file; each row at once, so that a run
 * that was ended shows what it has. Counts are those since the begin of the run.
 */
final class ChaosReport implements AutoCloseable {

    private static final String FORMAT =
            "| %5s | %-24s | %-15s | %7s | %9s | %9s | %8s | %8s | %4s | %5s | %6s | %6s | %5s"
                    + " | %5s | %7s | %5s | %6s | %7s |";
    private static final int COLUMNS = 18;

    private final Consumer<String> screen;
    private final PrintStream file;
    private final long begun = System.nanoTime();
    private final List<Row> rows = new ArrayList<>();

    private ChaosReport(Consumer<String> screen, PrintStream file) {
        this.screen = screen;
        this.file = file;
    }

    /**
     * One round.
     *
     * @param audited whether all evidence was there and the running audit came to agree
     * @param settling from the last order placed until everything added up
     */
    record Row(ChaosPlan.Round round, Verdict verdict, boolean audited, Duration settling) {
        boolean holds() {
            return verdict.holds() && audited;
        }
    }

    /** A report on the screen and in a file, which begins anew. */
    static ChaosReport begin(Consumer<String> screen, Path file) {
        try {
            Path directory = file.toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            return new ChaosReport(screen, new PrintStream(Files.newOutputStream(file), true, StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException("The report " + file + " cannot be written", failure);
        }
    }

    void say(String line) {
        screen.accept(line);
        file.println(line);
    }

    void header() {
        say(FORMAT.formatted(
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
                "settle",
                "at"));
        say("|---".repeat(COLUMNS) + "|");
    }

    void add(Row row) {
        rows.add(row);
        say(line(row, Duration.ofNanos(System.nanoTime() - begun)));
    }

    private static String line(Row row, Duration since) {
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
                row.settling().toSeconds() + " s",
                "%d:%02d".formatted(since.toMinutes(), since.toSecondsPart()));
    }

    /** Says what came of it, and returns whether everything held. */
    boolean end(long seed, int repeatedStarts) {
        say("");
        rows.stream()
                .flatMap(row -> row.verdict().examples().stream())
                .distinct()
                .forEach(example -> say("  wrong: " + example));
        if (repeatedStarts > 0) {
            say(repeatedStarts + " starts did not become ready, and were made again.");
        }
        boolean holds = rows.stream().allMatch(Row::holds);
        int orders = rows.isEmpty() ? 0 : rows.getLast().verdict().orders();
        say(
                holds
                        ? "Everything held over " + orders
                                + " orders: nothing lost, charged twice or charged without an order (seed " + seed
                                + ")."
                        : "SOMETHING DID NOT HOLD (seed " + seed + ").");
        return holds;
    }

    @Override
    public void close() {
        file.close();
    }
}
