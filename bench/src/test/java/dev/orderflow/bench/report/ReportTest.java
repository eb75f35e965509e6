package dev.orderflow.bench.report;

import static dev.orderflow.bench.report.Sample.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.orderflow.bench.run.CellResult;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class ReportTest {

    private static final List<CellResult> RESULTS = List.of(
            result("orderflow", 1, "closed:64", 900, 70, 1.0),
            result("orderflow", 2, "closed:64", 1_100, 50, 0.8),
            result("orderflow", 3, "closed:64", 1_000, 60, 0.9),
            result("orderflow", 1, "kafka:1024", 4_000, 200, 0.4),
            result("<b>", 1, "closed:64", 250, 30, 4.5),
            result("slow", 1, "closed:64", 100, 600, 9.0),
            result("floor", 1, "floor:64", 9_000, 3, 0.1),
            result("none", 1, "closed:64", 6_000, 5, 0.2));

    @Test
    void shouldShowTheMedianOfSeveralRuns() {
        Row row = Row.of(RESULTS).getFirst();

        assertThat(row.runs()).isEqualTo(3);
        assertThat(row.ordersPerSecond()).isEqualTo(1_000);
        assertThat(row.p50()).isEqualTo(60);
        assertThat(row.cpuMs()).isEqualTo(0.9);
        assertThat(row.clean()).isTrue();
    }

    @Test
    void shouldCompareWithTheBestOfThoseThatKeepAnything() {
        List<Ratio> ratios = Ratio.of(RESULTS, Set.of("orderflow"));

        assertThat(ratios)
                .filteredOn(ratio -> ratio.number().equals("orders/s"))
                .satisfiesExactly(
                        closed -> {
                            assertThat(closed.best()).isEqualTo("<b>");
                            assertThat(closed.times()).isEqualTo(4);
                        },
                        kafka -> assertThat(kafka.times()).isEqualTo(16));
        assertThat(ratios)
                .filteredOn(ratio -> ratio.number().equals("p50 ms"))
                .singleElement()
                .satisfies(slower -> assertThat(slower.times()).isEqualTo(0.5, within(0.001)));
    }

    @Test
    void shouldWriteAPageThatNeedsNothingElse() throws Exception {
        String page = HtmlReport.of(
                RESULTS, Map.of("processors", "2"), Map.of("slow", "a & b"), Ratio.of(RESULTS, Set.of("orderflow")));

        assertThat(page)
                .contains("closed:64", "kafka:1024", "&lt;b&gt;", "a &amp; b", "prefers-color-scheme: dark")
                .doesNotContain("<b>", "{{", "http://", "https://", "src=", "<script");
        Matcher charts = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL).matcher(page);
        int seen = 0;
        while (charts.find()) {
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(charts.group())));
            seen++;
        }
        assertThat(seen).as("charts that are well-formed").isEqualTo(4);
    }

    @Test
    void shouldLineUpATableForATerminal() {
        List<String> lines = TextTable.of(RESULTS).lines().toList();

        assertThat(lines).hasSize(2 + 6);
        assertThat(lines)
                .extracting(String::length)
                .containsOnly(lines.getFirst().length());
    }
}
