package dev.orderflow.local.analytics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.analytics.batch.OffsetRange;
import dev.orderflow.analytics.batch.Partition;
import dev.orderflow.analytics.batch.RevenueEntry;
import dev.orderflow.analytics.batch.RevenueEntry.Kind;
import dev.orderflow.analytics.pipes.Coverage;
import dev.orderflow.analytics.pipes.Pipes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RevenueDashboardTest extends DatabaseTest {

    private static final Partition SALES = new Partition("order.completed", 0);
    private static final Map<String, String> MARCH_1 = Map.of("from", "2026-03-01", "to", "2026-03-02");

    private final Pipes pipes = new Pipes(database, topics -> new Coverage(store.positions(), OptionalLong.of(5)));
    private long offset;

    @Test
    void shouldAnswerInTheShapeOfTinybird() {
        add("o-1", Kind.SALE, 5998, "EUR", 2, "2026-03-01T10:00:00Z");
        store.advance(List.of(new OffsetRange(SALES, 0, 0)));

        assertThat(compact(answer(MARCH_1)))
                .startsWith("{\"meta\":[{\"name\":\"hour\",\"type\":\"DateTime('UTC')\"},"
                        + "{\"name\":\"currency\",\"type\":\"LowCardinality(String)\"},"
                        + "{\"name\":\"order_count\",\"type\":\"UInt64\"},"
                        + "{\"name\":\"revenue\",\"type\":\"Decimal(38,4)\"},"
                        + "{\"name\":\"revenue_minor\",\"type\":\"Int64\"},"
                        + "{\"name\":\"avg_order\",\"type\":\"Nullable(Decimal(38,4))\"}],"
                        + "\"data\":[{\"hour\":\"2026-03-0110:00:00\",\"currency\":\"EUR\",\"order_count\":1,"
                        + "\"revenue\":59.98,\"revenue_minor\":5998,\"avg_order\":59.98}],\"rows\":1,")
                .contains("\"statistics\":{\"elapsed\":", "\"rows_read\":", "\"bytes_read\":")
                .contains("\"rows_before_limit_at_least\":1")
                .endsWith(
                        "\"freshness_ms\":5,\"covered\":[{\"topic\":\"order.completed\",\"partition\":0,\"next_offset\":1}]}");
    }

    @Test
    void shouldKeepCurrenciesApartEachWithItsDigits() {
        add("o-1", Kind.SALE, 5998, "EUR", 2, "2026-03-01T10:00:00Z");
        add("o-2", Kind.SALE, 5998, "JPY", 0, "2026-03-01T10:59:59.999Z");
        add("o-3", Kind.SALE, 5998, "KWD", 3, "2026-03-01T10:30:00Z");

        assertThat(data(MARCH_1))
                .isEqualTo("[{\"hour\":\"2026-03-0110:00:00\",\"currency\":\"EUR\",\"order_count\":1,\"revenue\":59.98,"
                        + "\"revenue_minor\":5998,\"avg_order\":59.98},"
                        + "{\"hour\":\"2026-03-0110:00:00\",\"currency\":\"JPY\",\"order_count\":1,\"revenue\":5998,"
                        + "\"revenue_minor\":5998,\"avg_order\":5998},"
                        + "{\"hour\":\"2026-03-0110:00:00\",\"currency\":\"KWD\",\"order_count\":1,\"revenue\":5.998,"
                        + "\"revenue_minor\":5998,\"avg_order\":5.998}]");
        assertThat(data(Map.of("from", "2026-03-01", "to", "2026-03-02", "currency", "KWD")))
                .contains("KWD")
                .doesNotContain("EUR");
    }

    @Test
    void shouldCountARefundInItsOwnHour() {
        add("o-1", Kind.SALE, 1000, "EUR", 2, "2026-03-01T10:00:00Z");
        add("o-2", Kind.SALE, 2001, "EUR", 2, "2026-03-01T10:10:00Z");
        add("o-1", Kind.REFUND, -1000, "EUR", 2, "2026-03-01T12:00:00Z");

        assertThat(data(MARCH_1))
                .isEqualTo("[{\"hour\":\"2026-03-0110:00:00\",\"currency\":\"EUR\",\"order_count\":2,\"revenue\":30.01,"
                        + "\"revenue_minor\":3001,\"avg_order\":15.01},"
                        + "{\"hour\":\"2026-03-0112:00:00\",\"currency\":\"EUR\",\"order_count\":0,\"revenue\":-10,"
                        + "\"revenue_minor\":-1000,\"avg_order\":null}]");
    }

    @Test
    void shouldTakeWholeHoursWithTheEndLeftOut() {
        add("before", Kind.SALE, 1, "EUR", 2, "2026-03-01T09:59:59.999Z");
        add("first", Kind.SALE, 10, "EUR", 2, "2026-03-01T10:00:00Z");
        add("last", Kind.SALE, 100, "EUR", 2, "2026-03-01T11:59:59.999Z");
        add("behind", Kind.SALE, 1000, "EUR", 2, "2026-03-01T12:00:00Z");

        assertThat(data(Map.of("from", "2026-03-01T10:30:00Z", "to", "2026-03-01T12:00:00Z")))
                .contains("\"revenue_minor\":10,", "\"revenue_minor\":100,")
                .doesNotContain("\"revenue_minor\":1,", "\"revenue_minor\":1000,");
        assertThat(data(Map.of("hours", "2", "to", "2026-03-01T12:00:00Z")))
                .contains("\"revenue_minor\":10,", "\"revenue_minor\":100,")
                .doesNotContain("\"revenue_minor\":1,", "\"revenue_minor\":1000,");
    }

    @Test
    void shouldShowTheLast24HoursByDefault() {
        Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
        add("now", Kind.SALE, 1, "EUR", 2, Instant.now().toString());
        add("oldest", Kind.SALE, 10, "EUR", 2, hour.minus(23, ChronoUnit.HOURS).toString());
        add(
                "too old",
                Kind.SALE,
                100,
                "EUR",
                2,
                hour.minus(23, ChronoUnit.HOURS).minusMillis(1).toString());

        assertThat(data(Map.of()))
                .contains("\"revenue_minor\":1,", "\"revenue_minor\":10,")
                .doesNotContain("\"revenue_minor\":100,");
        assertThat(data(Map.of("hours", "1"))).contains("\"revenue_minor\":1,").doesNotContain("\"revenue_minor\":10,");
    }

    @Test
    void shouldAnswerWithoutAnyRow() {
        assertThat(compact(answer(Map.of()))).contains("\"data\":[],\"rows\":0", "\"rows_before_limit_at_least\":0");
    }

    @Test
    void shouldTakeWhatIsGivenAsAValueAndNeverAsSql() {
        add("o-1", Kind.SALE, 5998, "EUR", 2, "2026-03-01T10:00:00Z");

        assertThat(data(Map.of("from", "2026-03-01", "to", "2026-03-02", "currency", "'=0")))
                .isEqualTo("[]");
        assertThat(data(Map.of("from", "2026-03-01", "to", "2026-03-02", "currency", "\\'")))
                .isEqualTo("[]");
    }

    private void add(String orderId, Kind kind, long total, String currency, int digits, String time) {
        RevenueEntry entry = new RevenueEntry(
                orderId, "c-1", kind, total, currency, digits, 1, Instant.parse(time), SALES, offset, List.of());
        store.store(new OffsetRange(SALES, offset, offset), List.of(entry));
        offset++;
    }

    private String data(Map<String, String> query) {
        String answer = compact(answer(query));
        return answer.substring(answer.indexOf("\"data\":") + "\"data\":".length(), answer.indexOf(",\"rows\""));
    }

    private String answer(Map<String, String> query) {
        return new String(pipes.answer("revenue_dashboard.json", query).body(), UTF_8);
    }

    private static String compact(String json) {
        return json.replaceAll("\\s", "");
    }
}
