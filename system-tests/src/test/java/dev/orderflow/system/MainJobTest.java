package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The interface that others build on, on a running stack. */
final class MainJobTest {

    private static final String ORDER = """
            {"orderId":"%s","userId":"u1","currency":"EUR","stockLocation":"berlin",
             "items":[{"productId":"mug-blue","quantity":%d,"price":1250}],"paymentMethodId":"%s"}""";

    @TempDir
    static Path data;

    private static Stack stack;

    @BeforeAll
    static void up() {
        stack = Stack.up(
                data,
                "--set",
                "topics.partitions=2",
                "--set",
                "dispatch.duration=0s",
                "--set",
                "audit.grace=1s",
                "--set",
                "audit.interval=200ms");
    }

    @AfterAll
    static void down() {
        stack.close();
    }

    @Test
    void shouldSayWhoHoldsTheDataWhenItIsStartedTwice() {
        Stack.Finished second = Stack.run("up", "--port", "0", "--data", data.toString());

        assertThat(second.status()).isEqualTo(1);
        assertThat(second.output())
                .contains("in use by process", data.toString())
                .doesNotContain("\tat ", "Exception");
    }

    @Test
    void shouldConfirmPriceCompleteAndCountAnOrder() {
        Stack.Answer answer = stack.post("/orders", ORDER.formatted("main-1", 2, "pm_u1"), "Prefer", "wait=20");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.raw().headers().firstValue("Preference-Applied")).contains("wait=20");
        assertThat(answer.json().get("outcome").asText()).isEqualTo("confirmed");
        assertThat(answer.json().at("/totals/total").asLong()).isEqualTo(2_700);
        assertThat(answer.json().at("/totals/tax").asLong()).isEqualTo(200);
        Eventually.within(Duration.ofSeconds(20), () -> {
            JsonNode order = stack.get("/orders/main-1").json();
            assertThat(order.get("status").asText()).isEqualTo("completed");
            assertThat(order.get("timeline").findValuesAsText("topic"))
                    .contains("order.placed", "inventory.events", "payment.events");
            assertThat(stack.get("/v0/pipes/revenue_dashboard.json?currency=EUR")
                            .json()
                            .get("data")
                            .findValuesAsText("currency"))
                    .contains("EUR");
        });
        assertThat(stack.get("/loyalty/u1").json().get("balance").asLong()).isPositive();
    }

    @Test
    void shouldAnswerAtOnceWithThePlaceOfTheOrderWhenNobodyWaits() {
        Stack.Answer answer = stack.post("/orders", ORDER.formatted("main-2", 1, "pm_u1"));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.raw().headers().firstValue("Location")).contains("/orders/main-2");
    }

    @Test
    void shouldDeriveTheIdFromTheIdempotencyKeyAndRefuseOtherContent() {
        String order = ORDER.replace("\"orderId\":\"%s\",", "").formatted(1, "pm_u1");
        String other = ORDER.replace("\"orderId\":\"%s\",", "").formatted(2, "pm_u1");

        Stack.Answer first = stack.post("/orders", order, "Idempotency-Key", "click-1", "Prefer", "wait=20");
        Stack.Answer second = stack.post("/orders", order, "Idempotency-Key", "click-1", "Prefer", "wait=20");
        Stack.Answer third = stack.post("/orders", other, "Idempotency-Key", "click-1", "Prefer", "wait=20");

        assertThat(first.status()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.json().get("orderId")).isEqualTo(first.json().get("orderId"));
        assertThat(third.status()).isEqualTo(422);
    }

    @Test
    void shouldCancelADeclinedOrderAndReturnItsStock() {
        long before = onHand("kettle-blue");

        Stack.Answer answer = stack.post(
                "/orders",
                ORDER.formatted("main-3", 3, "pm_declined_1").replace("mug-blue", "kettle-blue"),
                "Prefer",
                "wait=20");

        assertThat(answer.json().get("outcome").asText()).isEqualTo("cancelled");
        assertThat(answer.json().get("reason").asText()).isEqualTo("payment_declined");
        Eventually.within(
                Duration.ofSeconds(10), () -> assertThat(onHand("kettle-blue")).isEqualTo(before));
    }

    @Test
    void shouldNameEveryFaultOfAnOrderAtOnce() {
        Stack.Answer answer = stack.post(
                "/orders",
                "{\"userId\":\"\",\"currency\":\"XXQ\",\"items\":[{\"productId\":\"a\",\"quantity\":0,\"price\":29.99}]}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.raw().headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.json().get("errors").findValuesAsText("field"))
                .contains("userId", "currency", "items[0].quantity", "items[0].price", "paymentMethodId");
    }

    @Test
    void shouldRefuseABodyOverOneMebibyte() {
        String padding = " ".repeat(1_100_000);

        assertThat(stack.post("/orders", "{" + padding + "}").status()).isEqualTo(413);
    }

    @Test
    void shouldHandleOrdersOfAForeignPartitionerLikeAnyOther() throws IOException, InterruptedException {
        try (ForeignProducer producer = new ForeignProducer(stack.bootstrap(), registry())) {
            producer.sendBytes("poison", new byte[] {1, 2, 3});
            for (int i = 0; i < 20; i++) {
                producer.send("foreign-" + i, "u7", "mug-blue", 1, 1_000);
            }
            for (int i = 0; i < 20; i++) {
                String path = "/orders/foreign-" + i;
                Eventually.within(
                        Duration.ofSeconds(30),
                        () -> assertThat(stack.get(path).json().path("outcome").asText())
                                .isEqualTo("confirmed"));
            }
        }
    }

    @Test
    void shouldNameAChargeWithoutAnOrderUntilItIsPaidBack() throws IOException, InterruptedException {
        stack.post("/orders", ORDER.formatted("main-audited", 1, "pm_u1"), "Prefer", "wait=20");
        Eventually.within(Duration.ofSeconds(60), () -> {
            Stack.Answer audit = stack.get("/audit");
            assertThat(audit.json().path("agrees").asBoolean())
                    .as(audit.json().toString())
                    .isTrue();
            assertThat(audit.json().at("/currencies/0/settled/orders").asLong()).isPositive();
            assertThat(audit.json().at("/stock/adjusted").asLong()).isPositive();
        });

        String charge =
                atProvider("/charge", "{\"orderId\":\"ghost\",\"amount\":777,\"currency\":\"EUR\"}", "ghost:charge");
        Eventually.within(Duration.ofSeconds(60), () -> {
            Stack.Answer audit = stack.get("/audit");
            assertThat(audit.json().path("agrees").asBoolean()).isFalse();
            assertThat(audit.json().at("/differing/0/orderId").asText()).isEqualTo("ghost");
            assertThat(audit.json().at("/differing/0/kind").asText()).isEqualTo("charge_without_order");
        });
        Stack.Finished differing = Stack.run("audit", "--url", stack.address());
        assertThat(differing.status()).isEqualTo(1);
        assertThat(differing.output()).contains("ghost", "7.77", "refund the charge at the provider");

        String chargeId = charge.replaceAll(".*\"chargeId\":\"([^\"]+)\".*", "$1");
        atProvider("/refund", "{\"chargeId\":\"" + chargeId + "\"}", "ghost:refund");
        Eventually.within(
                Duration.ofSeconds(60),
                () -> assertThat(Stack.run("audit", "--url", stack.address()).status())
                        .isZero());
    }

    @Test
    void shouldHaveNoCrashButtonUnlessItIsAskedFor() {
        assertThat(stack.post("/demo/crash/order", "").status()).isEqualTo(404);
        assertThat(stack.get("/health/readiness").status()).isEqualTo(200);
    }

    @Test
    void shouldSayWhoHoldsTheDataOfARunningStack() {
        Stack.Finished second = Stack.run("up", "--port", "0", "--data", data.toString());

        assertThat(second.status()).isEqualTo(1);
        assertThat(second.output()).contains(data.toString());
    }

    @Test
    void shouldBeReadyAndMeasured() {
        assertThat(stack.get("/health/readiness").status()).isEqualTo(200);
        assertThat(stack.get("/health/liveness").status()).isEqualTo(200);
    }

    private static long onHand(String product) {
        return stack.get("/stock/berlin/" + product).json().get("onHand").asLong();
    }

    /** What somebody else does at the provider, past Orderflow. */
    private static String atProvider(String path, String json, String key) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(said("provider") + path))
                    .header("Idempotency-Key", key)
                    .POST(HttpRequest.BodyPublishers.ofString(json))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private static String registry() {
        return said("registry");
    }

    /** The address that a part has said at the start. */
    private static String said(String part) {
        Pattern address = Pattern.compile(part + " .*?(http://\\S+)");
        return stack.said().stream()
                .map(address::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }
}
