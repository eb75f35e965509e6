package dev.orderflow.bench.report;

import dev.orderflow.bench.run.CellResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Results as a table for a terminal, which is also Markdown. */
public final class TextTable {

    private static final List<String> HEAD = List.of(
            "engine",
            "cell",
            "orders/s",
            "p50 ms",
            "p95 ms",
            "p99 ms",
            "max ms",
            "CPU ms/order",
            "MB",
            "load CPU",
            "noise");

    private TextTable() {}

    /** One row per engine and cell. */
    public static String of(List<CellResult> results) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        for (Row row : Row.of(results)) {
            rows.add(List.of(
                    row.engine() + (row.clean() ? "" : " (!)"),
                    row.cell(),
                    Figures.of(row.ordersPerSecond()),
                    Figures.of(row.p50()),
                    Figures.of(row.p95()),
                    Figures.of(row.p99()),
                    Figures.of(row.max()),
                    Figures.of(row.cpuMs()),
                    Figures.of(row.memoryMb()),
                    Figures.of(row.loadCpuMs()),
                    Figures.of(row.otherCores())));
        }
        return text(rows, 2);
    }

    /** One row per engine: what is durable when it answers. */
    public static String durability(Map<String, String> durability) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("engine", "durable when it answers"));
        durability.forEach((engine, what) -> rows.add(List.of(engine, what)));
        return text(rows, 2);
    }

    /** One row per ratio. */
    public static String ratios(List<Ratio> ratios) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("cell", "number", "ours", "", "best other", "", "ratio"));
        for (Ratio ratio : ratios) {
            rows.add(List.of(
                    ratio.cell(),
                    ratio.number(),
                    ratio.engine(),
                    Figures.of(ratio.ours()),
                    ratio.best(),
                    Figures.of(ratio.theirs()),
                    Figures.of(ratio.times()) + " x"));
        }
        return text(rows, 2);
    }

    private static String text(List<List<String>> rows, int leftAligned) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (int index = 0; index < rows.size(); index++) {
            line(text, rows.get(index), widths, leftAligned);
            if (index == 0) {
                line(text, rule(widths), widths, leftAligned);
            }
        }
        return text.toString();
    }

    private static List<String> rule(int[] widths) {
        List<String> rule = new ArrayList<>();
        for (int width : widths) {
            rule.add("-".repeat(Math.max(1, width)));
        }
        return rule;
    }

    private static void line(StringBuilder text, List<String> row, int[] widths, int leftAligned) {
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column);
            String space = " ".repeat(widths[column] - cell.length());
            text.append("| ")
                    .append(column < leftAligned ? cell + space : space + cell)
                    .append(' ');
        }
        text.append("|\n");
    }
}
