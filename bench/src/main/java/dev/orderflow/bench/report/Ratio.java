package dev.orderflow.bench.report;

import dev.orderflow.bench.run.CellResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * One number of ours against the best of all peers that keep anything.
 *
 * @param number what is compared
 * @param engine which of ours
 * @param best which of theirs
 * @param times how many times better ours is; below 1 it is worse
 */
public record Ratio(String cell, String number, String engine, double ours, String best, double theirs, double times) {

    /** The harness without an engine: nothing durable, so no peer. */
    private static final String NO_ENGINE = "none";

    private static final String ORDERS = "orders/s";
    private static final String KAFKA = "kafka:";

    /** What an order could cost at least is nobody's order. */
    private static final String FLOOR = "floor";

    /**
     * All ratios of what was measured on both sides.
     *
     * @param ourLabels which engines are ours
     */
    public static List<Ratio> of(List<CellResult> results, Set<String> ourLabels) {
        List<Row> rows = Row.of(results);
        List<Row> theirs = rows.stream()
                .filter(row -> !ourLabels.contains(row.engine())
                        && !row.engine().equals(NO_ENGINE)
                        && !row.cell().startsWith(FLOOR))
                .toList();
        List<Ratio> ratios = new ArrayList<>();
        for (Row ours : rows) {
            if (!ourLabels.contains(ours.engine())) {
                continue;
            }
            if (ours.cell().startsWith("closed:")) {
                higher(ours, theirs, row -> row.cell().equals(ours.cell())).ifPresent(ratios::add);
            }
            if (ours.cell().startsWith(KAFKA)) {
                // Peers have no way in but HTTP: their best of all cells.
                higher(ours, theirs, row -> true).ifPresent(ratios::add);
            }
            lower(ours, theirs, "p50 ms", Row::p50).ifPresent(ratios::add);
            lower(ours, theirs, "p99 ms", Row::p99).ifPresent(ratios::add);
            lower(ours, theirs, "CPU ms/order", Row::cpuMs).ifPresent(ratios::add);
        }
        return List.copyOf(ratios);
    }

    private static Optional<Ratio> higher(Row ours, List<Row> theirs, Predicate<Row> comparable) {
        return theirs.stream()
                .filter(comparable)
                .max(Comparator.comparingDouble(Row::ordersPerSecond))
                .map(best -> new Ratio(
                        ours.cell(),
                        ORDERS,
                        ours.engine(),
                        ours.ordersPerSecond(),
                        best.engine(),
                        best.ordersPerSecond(),
                        ours.ordersPerSecond() / best.ordersPerSecond()));
    }

    private static Optional<Ratio> lower(Row ours, List<Row> theirs, String number, ToDoubleFunction<Row> value) {
        return theirs.stream()
                .filter(row -> row.cell().equals(ours.cell()) && value.applyAsDouble(row) > 0)
                .min(Comparator.comparingDouble(value))
                .map(best -> new Ratio(
                        ours.cell(),
                        number,
                        ours.engine(),
                        value.applyAsDouble(ours),
                        best.engine(),
                        value.applyAsDouble(best),
                        value.applyAsDouble(best) / value.applyAsDouble(ours)));
    }
}
