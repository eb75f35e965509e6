package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job as the README tells it: 10,000 orders, with everything killed in the middle. */
final class ExampleOrdersTest {

    private static final String ORDERS = "examples/orders.ndjson";

    @TempDir
    Path data;

    @Test
    void shouldEndWithTheFiguresOfTheFileThoughEverythingIsKilledInTheMiddle() throws IOException {
        ExampleFile file = new ExampleFile();
        Stack first = Stack.up(data, "--set", "dispatch.duration=0s");
        Process client = Stack.command(List.of("order", ORDERS, "--url", first.address(), "--patience", "5"));
        Eventually.within(
                Duration.ofSeconds(60),
                () -> assertThat(completedOrders(first))
                        .as("orders in the revenue before the kill")
                        .isGreaterThan(300));
        first.kill();
        client.destroyForcibly();

        try (Stack second = Stack.up(data, "--set", "dispatch.duration=0s")) {
            Stack.Finished again = Stack.run("order", ORDERS, "--url", second.address());
            assertThat(again.status()).as(again.output()).isZero();
            file.linesByOutcome.forEach((outcome, lines) ->
                    assertThat(again.output()).containsPattern(outcome + " +%,d +%,d".formatted(lines, lines)));

            Eventually.within(Duration.ofSeconds(30), () -> {
                assertThat(sums(second, "order_count")).isEqualTo(file.orders);
                assertThat(sums(second, "revenue_minor")).isEqualTo(file.revenue);
            });
            Eventually.within(
                    Duration.ofSeconds(30), () -> assertThat(sold(second)).isEqualTo(file.soldByProduct));
        }
    }

    private static long completedOrders(Stack stack) {
        return sums(stack, "order_count").values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static Map<String, Long> sums(Stack stack, String column) {
        Stack.Answer answer = stack.get("/v0/pipes/revenue_dashboard.json");
        assertThat(answer.status())
                .as(new String(answer.raw().body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        Map<String, Long> sums = new TreeMap<>();
        for (JsonNode row : answer.json().get("data")) {
            sums.merge(row.get("currency").asText(), row.get(column).asLong(), Long::sum);
        }
        return sums;
    }

    /** Pieces sold by location and product, after checking that no shelf has lost or gained a piece. */
    private static Map<String, Long> sold(Stack stack) {
        Map<String, Long> sold = new HashMap<>();
        String next = "";
        do {
            JsonNode page = stack.get("/stock?limit=1000" + (next.isEmpty() ? "" : "&cursor=" + next))
                    .json();
            page.get("stock").forEach(row -> addSold(row, sold));
            next = URLEncoder.encode(page.path("next").asText(""), StandardCharsets.UTF_8);
        } while (!next.isEmpty());
        return sold;
    }

    private static void addSold(JsonNode row, Map<String, Long> sold) {
        String name = row.get("location").asText() + "/" + row.get("productId").asText();
        long committed = row.get("committed").asLong();
        assertThat(row.get("reserved").asLong()).as(name + " reserved").isZero();
        assertThat(row.get("onHand").asLong() + committed)
                .as(name + " on hand and sold")
                .isIn(1L, 1_000_000L);
        if (committed > 0) {
            sold.put(name, committed);
        }
    }
}
