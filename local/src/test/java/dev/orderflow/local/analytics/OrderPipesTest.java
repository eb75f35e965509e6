package dev.orderflow.local.analytics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.analytics.batch.OffsetRange;
import dev.orderflow.analytics.batch.OrderProgress;
import dev.orderflow.analytics.batch.OrderProgress.Milestones;
import dev.orderflow.analytics.batch.Partition;
import dev.orderflow.analytics.batch.RevenueEntry;
import dev.orderflow.analytics.batch.RevenueEntry.Kind;
import dev.orderflow.analytics.batch.SoldLine;
import dev.orderflow.analytics.batch.StepTally;
import dev.orderflow.analytics.pipes.Answer;
import dev.orderflow.analytics.pipes.Coverage;
import dev.orderflow.analytics.pipes.Pipes;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OrderPipesTest extends DatabaseTest {

    private static final Partition SALES = new Partition("order.completed", 0);
    private static final Partition VIEWS = new Partition("order.view", 0);
    private static final Instant TIME = Instant.parse("2026-03-01T10:00:00Z");
    private static final StepTally ACCEPTED = new StepTally("accept", "", 1);

    private final Pipes pipes = new Pipes(database, topics -> new Coverage(Map.of(VIEWS, 4L), OptionalLong.of(5)));
    private long offset;

    @Test
    void shouldCountEveryStageAndCancelledOrdersByReason() {
        store.store(range(), List.of(open("o-1"), confirmed("o-2"), declined("o-3"), outOfStock("o-4")));

        assertThat(csv("order_funnel", Map.of())).isEqualTo("""
                        "stage","reason","order_count","share"
                        "placed","",4,1
                        "reserved","",3,0.75
                        "charged","",1,0.25
                        "confirmed","",1,0.25
                        "completed","",0,0
                        "refunded","",0,0
                        "cancelled","out_of_stock",1,0.25
                        "cancelled","payment_declined",1,0.25
                        """);
    }

    @Test
    void shouldTakeTheNewestStateOfAnOrderHoweverItWasStored() {
        store.store(range(), List.of(confirmed("o-1")));
        store.store(range(), List.of(open("o-1")));
        store.store(range(), List.of(confirmed("o-1")));

        assertThat(csv("order_funnel", Map.of())).contains("\"placed\",\"\",1,", "\"confirmed\",\"\",1,");
    }

    @Test
    void shouldAnswerAFunnelWithoutOrders() {
        assertThat(csv("order_funnel", Map.of())).contains("\"placed\",\"\",0,\\N", "\"confirmed\",\"\",0,\\N");
    }

    @Test
    void shouldSayHowLongOrdersTook() {
        store.store(range(), List.of(open("o-1"), confirmed("o-2"), declined("o-3")));

        assertThat(csv("order_latency", Map.of())).isEqualTo("""
                        "hour","milestone","order_count","p50_ms","p95_ms","p99_ms"
                        "2026-03-01 10:00:00","confirmed",1,250,250,250
                        """);
        assertThat(csv("order_latency", Map.of("milestone", "")))
                .contains("\"cancelled\",1,500", "\"charged\",1,200", "\"reserved\",3,100");
    }

    @Test
    void shouldSayWhichShareOfTriesFailed() {
        store.store(range(), List.of(open("o-1"), confirmed("o-2"), declined("o-3"), outOfStock("o-4")));

        assertThat(csv("failed_steps", Map.of())).isEqualTo("""
                        "step","reason","failed","tries","share"
                        "charge","attempt: time-out",2,4,0.5
                        "charge","declined: no funds",1,4,0.25
                        "reserve","out_of_stock",1,4,0.25
                        """);
    }

    @Test
    void shouldRankProductsAndTakeRefundsOff() {
        store.store(
                range(),
                List.of(
                        entry("o-1", Kind.SALE, new SoldLine("mug", 2, 2400), new SoldLine("cup", 1, 900)),
                        entry("o-2", Kind.SALE, new SoldLine("mug", 1, 1200)),
                        entry("o-1", Kind.REFUND, new SoldLine("mug", 2, -2400), new SoldLine("cup", 1, -900))));

        assertThat(csv("top_products", Map.of())).isEqualTo("""
                        "product_id","currency","quantity_sold","order_count","revenue","revenue_minor"
                        "mug","EUR",1,2,12,1200
                        "cup","EUR",0,1,0,0
                        """);
        assertThat(csv("top_products", Map.of("limit", "1"))).contains("mug").doesNotContain("cup");
    }

    @Test
    void shouldAnswerInEveryFormatWithWhatItCovers() {
        store.store(range(), List.of(declined("o-3")));

        Answer lines = answer("failed_steps.ndjson", Map.of());
        assertThat(text(lines))
                .startsWith(
                        "{\"step\":\"charge\",\"reason\":\"declined: no funds\",\"failed\":1,\"tries\":1,\"share\":1}");
        assertThat(lines.contentType()).isEqualTo("application/x-ndjson");
        assertThat(lines.covered().nextOffsets()).containsEntry(VIEWS, 4L);
        assertThat(text(answer("failed_steps.csvwithnames", Map.of())))
                .isEqualTo(text(answer("failed_steps.csv", Map.of())));
        for (String pipe : List.of("top_products", "order_funnel", "order_latency", "failed_steps")) {
            assertThat(text(answer(pipe + ".json", Map.of())))
                    .contains(
                            "\"meta\":", "\"data\":", "\"rows\":", "\"rows_before_limit_at_least\":", "\"statistics\":")
                    .endsWith("\"freshness_ms\":5,\"covered\":[{\"topic\":\"order.view\",\"partition\":0,"
                            + "\"next_offset\":4}]}");
        }
    }

    private OrderProgress open(String orderId) {
        return progress(orderId, 1, "charging", "", came(100L, null, null, null), ACCEPTED, reserved());
    }

    private OrderProgress confirmed(String orderId) {
        return progress(
                orderId,
                9,
                "confirmed",
                "",
                came(100L, 200L, 250L, null),
                ACCEPTED,
                reserved(),
                new StepTally("charge", "attempt: time-out", 2),
                new StepTally("charge", "", 1));
    }

    private OrderProgress declined(String orderId) {
        return progress(
                orderId,
                5,
                "cancelled",
                "payment_declined",
                came(100L, null, null, 500L),
                ACCEPTED,
                reserved(),
                new StepTally("charge", "declined: no funds", 1));
    }

    private OrderProgress outOfStock(String orderId) {
        return progress(
                orderId,
                3,
                "cancelled",
                "out_of_stock",
                came(null, null, null, 300L),
                ACCEPTED,
                new StepTally("reserve", "out_of_stock", 1));
    }

    private static StepTally reserved() {
        return new StepTally("reserve", "", 1);
    }

    private OrderProgress progress(
            String orderId, long sequence, String status, String reason, Milestones came, StepTally... steps) {
        return new OrderProgress(
                orderId, sequence, status, reason, "EUR", 100, TIME, came, List.of(steps), VIEWS, offset);
    }

    private static Milestones came(
            @Nullable Long reserved, @Nullable Long charged, @Nullable Long confirmed, @Nullable Long cancelled) {
        return new Milestones(after(reserved), after(charged), after(confirmed), null, after(cancelled), null);
    }

    private static @Nullable Instant after(@Nullable Long millis) {
        return millis == null ? null : TIME.plusMillis(millis);
    }

    private RevenueEntry entry(String orderId, Kind kind, SoldLine... lines) {
        long total = List.of(lines).stream().mapToLong(SoldLine::totalMinor).sum();
        return new RevenueEntry(orderId, "c-1", kind, total, "EUR", 2, 1, TIME, SALES, offset, List.of(lines));
    }

    private OffsetRange range() {
        return new OffsetRange(VIEWS, offset, offset++);
    }

    private String csv(String pipe, Map<String, String> more) {
        return text(answer(pipe + ".csv", more));
    }

    private Answer answer(String file, Map<String, String> more) {
        Map<String, String> query = new HashMap<>(more);
        query.put("from", "2026-03-01");
        query.put("to", "2026-03-02");
        return pipes.answer(file, query);
    }

    private static String text(Answer answer) {
        return new String(answer.body(), UTF_8);
    }
}
