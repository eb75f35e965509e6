package dev.orderflow.local.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RevenueChartTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final RevenueChart chart = new RevenueChart(86);

    @Test
    void shouldDrawEachHourAgainstTheBestOfItsCurrency() throws Exception {
        assertThat(chart.lines(answer("""
                {"data": [
                  {"hour": "2026-03-01 10:00:00", "currency": "EUR", "order_count": 2000, "revenue_minor": 1234567,
                   "avg_order": 6.17},
                  {"hour": "2026-03-01 11:00:00", "currency": "EUR", "order_count": 1, "revenue_minor": 617284,
                   "avg_order": 6172.84},
                  {"hour": "2026-03-01 11:00:00", "currency": "JPY", "order_count": 0, "revenue_minor": -500,
                   "avg_order": null}]}
                """), 24))
                .containsExactly(
                        "hour (UTC)              orders            revenue        average",
                        "2026-03-01 10:00 EUR     2,000          12,345.67           6.17 " + "█".repeat(20),
                        "2026-03-01 11:00 EUR         1           6,172.84       6,172.84 " + "█".repeat(10),
                        "2026-03-01 11:00 JPY         0               -500",
                        "all              EUR     2,001          18,518.51",
                        "all              JPY         0               -500");
    }

    @Test
    void shouldSayThatThereIsNothing() throws Exception {
        assertThat(chart.lines(answer("{\"data\": []}"), 3))
                .containsExactly("No order has been completed in the last 3 hours.");
    }

    @Test
    void shouldSayHowOldItIs() throws Exception {
        assertThat(RevenueChart.age(answer("{\"freshness_ms\": 840}"), NOON))
                .isEqualTo("12:00:00 UTC, all that was committed until 0.8 s before");
        assertThat(RevenueChart.age(answer("{\"freshness_ms\": null}"), NOON)).contains("catching up");
    }

    @Test
    void shouldReplaceThePictureOnATerminalAndOnlyThere() {
        assertThat(shown(true)).contains("\u001b[Hb\u001b[K\n\u001b[J");
        assertThat(shown(false)).isEqualTo("a\n\nb\n\n");
    }

    private static String shown(boolean terminal) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Screen screen = new Screen(new PrintStream(out, true, StandardCharsets.UTF_8), terminal);
        screen.show(List.of("a"));
        screen.show(List.of("b"));
        return out.toString(StandardCharsets.UTF_8);
    }

    private static JsonNode answer(String json) throws Exception {
        return new ObjectMapper().readTree(json);
    }
}
