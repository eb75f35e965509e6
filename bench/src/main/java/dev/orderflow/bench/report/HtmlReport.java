package dev.orderflow.bench.report;

import dev.orderflow.bench.report.Chart.Bar;
import dev.orderflow.bench.report.Chart.Division;
import dev.orderflow.bench.report.Chart.Part;
import dev.orderflow.bench.run.CellResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Results as one page that needs nothing else: charts, tables, and the machine they come from. */
public final class HtmlReport {

    private static final int COLOURS = 8;

    private final List<CellResult> results;
    private final List<Row> rows;
    private final List<String> engines;
    private final List<String> cells;

    private HtmlReport(List<CellResult> results) {
        this.results = results;
        this.rows = Row.of(results);
        this.engines = rows.stream().map(Row::engine).distinct().toList();
        this.cells = rows.stream().map(Row::cell).distinct().toList();
    }

    /**
     * The page.
     *
     * @param machine what it was measured on, by name
     * @param durability what is durable when an engine answers, by engine
     * @param ratios ours against others; may be none
     */
    public static String of(
            List<CellResult> results, Map<String, String> machine, Map<String, String> durability, List<Ratio> ratios) {
        HtmlReport report = new HtmlReport(List.copyOf(results));
        String template = resource("report.html");
        return template.replace("{{machine}}", list(machine))
                .replace("{{legend}}", report.legend())
                .replace("{{charts}}", report.charts())
                .replace("{{table}}", report.table())
                .replace("{{ratios}}", ratios.isEmpty() ? "" : ratios(ratios))
                .replace("{{durability}}", pairs(durability));
    }

    private String legend() {
        StringBuilder text = new StringBuilder();
        for (String engine : engines) {
            text.append("<span><i class=\"s%d\"></i>%s</span>".formatted(series(engine), Markup.escape(engine)));
        }
        return text.toString();
    }

    private String charts() {
        Predicate<String> throughput = cell -> !cell.contains("rate:") && !cell.startsWith("open:");
        Chart latency = new Chart("ms", true, Division.SCALE);
        return figure("Orders a second", log("orders/s"), throughput, row -> single(row.ordersPerSecond()))
                + figure(
                        "Latency: median, and behind it p99",
                        latency,
                        cell -> true,
                        row -> List.of(
                                new Part("p50", row.p50(), 0),
                                new Part("up to p99", Math.max(0, row.p99() - row.p50()), 2)))
                + figure(
                        "Processor time of one order; shades are the shares of processes",
                        log("ms"),
                        cell -> true,
                        this::cpuParts)
                + figure(
                        "Memory of all processes at its highest",
                        new Chart("MB", false, Division.SHARE),
                        cell -> true,
                        row -> single(row.memoryMb()));
    }

    private static Chart log(String unit) {
        return new Chart(unit, true, Division.SHARE);
    }

    private String figure(String title, Chart chart, Predicate<String> wanted, Function<Row, List<Part>> parts) {
        for (String cell : cells) {
            if (wanted.test(cell)) {
                List<Bar> bars = rows.stream()
                        .filter(row -> row.cell().equals(cell))
                        .map(row -> new Bar(series(row.engine()), row.engine(), parts.apply(row)))
                        .filter(bar -> bar.total() > 0)
                        .toList();
                chart.group(cell, bars);
            }
        }
        if (chart.isEmpty()) {
            return "";
        }
        return "<figure><figcaption>%s <small>%s</small></figcaption>%s</figure>"
                .formatted(Markup.escape(title), chart.scale(), chart.svg(title));
    }

    private static List<Part> single(double value) {
        return List.of(new Part("", value, 0));
    }

    /** Of the first run: medians of parts need not add up. */
    private List<Part> cpuParts(Row row) {
        CellResult first = results.stream()
                .filter(result ->
                        result.engine().equals(row.engine()) && result.cell().equals(row.cell()))
                .findFirst()
                .orElseThrow();
        List<Part> parts = new ArrayList<>();
        first.cpuMsPerOrder().forEach((process, millis) -> {
            if (!process.equals(CellResult.TOTAL) && millis > 0) {
                parts.add(new Part(process, millis, parts.size()));
            }
        });
        return parts;
    }

    private String table() {
        StringBuilder text = new StringBuilder("<table><thead><tr>");
        for (String head : List.of(
                "engine",
                "cell",
                "runs",
                "orders/s",
                "p50",
                "p95",
                "p99",
                "max ms",
                "CPU ms/order",
                "CPU after",
                "MB",
                "load CPU",
                "noise")) {
            text.append("<th>").append(head).append("</th>");
        }
        text.append("</tr></thead><tbody>");
        for (Row row : rows) {
            text.append("<tr")
                    .append(row.clean() ? "" : " class=\"bad\"")
                    .append("><th>")
                    .append(Markup.escape(row.engine()))
                    .append(row.clean() ? "" : " (!)")
                    .append("</th><th>")
                    .append(Markup.escape(row.cell()))
                    .append("</th>");
            for (double number : new double[] {
                row.runs(),
                row.ordersPerSecond(),
                row.p50(),
                row.p95(),
                row.p99(),
                row.max(),
                row.cpuMs(),
                row.afterCpuMs(),
                row.memoryMb(),
                row.loadCpuMs(),
                row.otherCores()
            }) {
                text.append("<td>")
                        .append(number == row.runs() ? Integer.toString(row.runs()) : Figures.of(number))
                        .append("</td>");
            }
            text.append("</tr>");
        }
        return text.append("</tbody></table>").toString();
    }

    private static String ratios(List<Ratio> ratios) {
        StringBuilder text = new StringBuilder("<h2>Against the best of the others</h2><div class=\"wide\"><table>"
                + "<thead><tr><th>cell</th><th>number</th><th>ours</th><th></th><th>best other</th><th></th>"
                + "<th>times better</th></tr></thead><tbody>");
        for (Ratio ratio : ratios) {
            text.append(
                    "<tr class=\"%s\"><th>%s</th><th>%s</th><th>%s</th><td>%s</td><th>%s</th><td>%s</td><td>%s</td></tr>"
                            .formatted(
                                    ratio.times() >= 1 ? "good" : "bad",
                                    Markup.escape(ratio.cell()),
                                    Markup.escape(ratio.number()),
                                    Markup.escape(ratio.engine()),
                                    Figures.of(ratio.ours()),
                                    Markup.escape(ratio.best()),
                                    Figures.of(ratio.theirs()),
                                    Figures.of(ratio.times())));
        }
        return text.append("</tbody></table></div>").toString();
    }

    private static String pairs(Map<String, String> pairs) {
        StringBuilder text = new StringBuilder("<table><tbody>");
        pairs.forEach((name, what) -> text.append(
                "<tr><th>%s</th><td class=\"text\">%s</td></tr>".formatted(Markup.escape(name), Markup.escape(what))));
        return text.append("</tbody></table>").toString();
    }

    private static String list(Map<String, String> pairs) {
        StringBuilder text = new StringBuilder("<dl>");
        pairs.forEach((name, what) ->
                text.append("<dt>%s</dt><dd>%s</dd>".formatted(Markup.escape(name), Markup.escape(what))));
        return text.append("</dl>").toString();
    }

    private int series(String engine) {
        Set<String> order = new LinkedHashSet<>(engines);
        return new ArrayList<>(order).indexOf(engine) % COLOURS;
    }

    private static String resource(String name) {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing beside " + HtmlReport.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
