package dev.orderflow.order.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.OrderStatus;
import dev.orderflow.events.OrderView;
import dev.orderflow.order.view.OrderViews;
import dev.orderflow.order.view.Views;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrdersControllerTest {

    private static final String ITEMS = "\"items\":[{\"productId\":\"mug\",\"quantity\":2,\"price\":1250}]";
    private static final String ORDER =
            "{\"orderId\":\"%s\",\"userId\":\"u1\"," + ITEMS + ",\"paymentMethodId\":\"pm_card_visa\"}";
    private static final String WITHOUT_ID = "{\"userId\":\"%s\"," + ITEMS + ",\"paymentMethodId\":\"pm_card_visa\"}";

    private static ApiServer server;

    @BeforeAll
    static void start() {
        server = new ApiServer(Views.CREATED.plusSeconds(5));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void reset() {
        server.log.orders.clear();
        server.log.setDown(false);
        server.log.then(_ -> {});
    }

    @Test
    void shouldTakeAnOrder() {
        HttpResponse<String> answer = server.web.post("/orders", ORDER.formatted("take-1"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Location")).contains("/orders/take-1");
        assertThat(answer.headers().firstValue("Preference-Applied")).isEmpty();
        assertThat(answer.body()).isEqualTo("{\"orderId\":\"take-1\",\"status\":\"placed\",\"outcome\":null}");
        OrderPlaced written = server.log.orders.getFirst();
        assertThat(written.getOrderId()).isEqualTo("take-1");
        assertThat(written.getCustomer().getUserId()).isEqualTo("u1");
        assertThat(written.getItems().getFirst().getPrice()).isEqualTo(1250);
    }

    @Test
    void shouldDeriveTheIdFromTheKeyAndTheUser() {
        String first = location(server.web.post("/orders", WITHOUT_ID.formatted("u1"), "Idempotency-Key", "derive"));
        String again = location(server.web.post("/orders", WITHOUT_ID.formatted("u1"), "Idempotency-Key", "derive"));
        String other = location(server.web.post("/orders", WITHOUT_ID.formatted("u2"), "Idempotency-Key", "derive"));

        assertThat(again).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
        assertThat(server.log.orders).hasSize(2);
    }

    @Test
    void shouldLetTheIdInTheBodyDecideOverTheKey() {
        HttpResponse<String> answer =
                server.web.post("/orders", ORDER.formatted("decides"), "Idempotency-Key", "decides-not");

        assertThat(location(answer)).isEqualTo("/orders/decides");
    }

    @Test
    void shouldGiveAnOrderWithoutIdAndKeyANewId() {
        String one = location(server.web.post("/orders", WITHOUT_ID.formatted("u1")));
        String other = location(server.web.post("/orders", WITHOUT_ID.formatted("u1")));

        assertThat(one).startsWith("/orders/o-").isNotEqualTo(other);
    }

    @Test
    void shouldWaitForTheOutcome() {
        server.log.then(order -> server.views.show(confirmed(order.getOrderId())));
        HttpResponse<String> answer =
                server.web.post("/orders", ORDER.formatted("wait-1"), "Prefer", "respond-async, wait=10");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Preference-Applied")).contains("wait=10");
        assertThat(answer.headers().firstValue("Location")).contains("/orders/wait-1");
        assertThat(answer.body()).contains("\"outcome\":\"confirmed\"", "\"status\":\"confirmed\"", "\"total\":2700");
    }

    @Test
    void shouldSayNoMoreThanTheOutcomeToWhomThatIsEnough() {
        server.log.then(order -> server.views.show(confirmed(order.getOrderId())));
        HttpResponse<String> answer =
                server.web.post("/orders", ORDER.formatted("minimal-1"), "Prefer", "wait=10, return=minimal");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Preference-Applied")).contains("wait=10, return=minimal");
        assertThat(answer.headers().firstValue("Location")).contains("/orders/minimal-1");
        assertThat(answer.body()).isEqualTo("""
                {"orderId":"minimal-1","status":"confirmed","outcome":"confirmed","reason":null,"paymentUrl":null}""");
    }

    @Test
    void shouldMissNoOutcomeThatComesWhileItWaits() {
        CompletableFuture<HttpResponse<String>> answer =
                server.web.postAsync("/orders", ORDER.formatted("wait-2"), "Prefer", "wait=30");
        Poll.until("somebody waits", () -> server.views.waiting() == 2, server.views::waiting);
        server.views.show(reserving("wait-2"));
        assertThat(answer).isNotDone();
        server.views.show(Views.order("wait-2", 3, OrderStatus.CANCELLED)
                .setContentHash(ApiServer.hash("wait-2", "u1"))
                .setReason(dev.orderflow.events.CancelReason.PAYMENT_DECLINED)
                .build());

        assertThat(answer).succeedsWithin(Duration.ofSeconds(10));
        assertThat(answer.join().statusCode()).isEqualTo(200);
        assertThat(answer.join().body()).contains("\"outcome\":\"cancelled\"", "\"reason\":\"payment_declined\"");
        assertThat(server.views.waiting()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void shouldTakeAnOrderAgainWhosePartitionMovedInTheMiddle(int looks) {
        String order = ORDER.formatted("moved-" + looks);
        server.views.moveAfter(looks);
        CompletableFuture<HttpResponse<String>> first = server.web.postAsync("/orders", order, "Prefer", "wait=1");
        assertThat(first).succeedsWithin(Duration.ofSeconds(10));
        server.views.moveAfter(Integer.MAX_VALUE);
        CompletableFuture<HttpResponse<String>> again = server.web.postAsync("/orders", order);

        assertThat(first.join().statusCode()).isIn(202, 503);
        assertThat(again).as("the second request").succeedsWithin(Duration.ofSeconds(10));
        assertThat(again.join().statusCode()).isEqualTo(202);
        assertThat(server.log.orders)
                .extracting(OrderPlaced::getOrderId)
                .isNotEmpty()
                .containsOnly("moved-" + looks);
    }

    @Test
    void shouldAnswer202WhenTheOutcomeDoesNotComeInTime() {
        HttpResponse<String> answer = server.web.post("/orders", ORDER.formatted("wait-3"), "Prefer", "wait=1");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Preference-Applied")).contains("wait=1");
    }

    @Test
    void shouldEndTheWaitWhenTheCustomerIsNeeded() {
        server.log.then(order -> server.views.show(Views.order(order.getOrderId(), 2, OrderStatus.CHARGING)
                .setContentHash(ApiServer.hash(order.getOrderId(), "u1"))
                .setPaymentUrl("http://127.0.0.1/approve")
                .build()));
        HttpResponse<String> answer = server.web.post("/orders", ORDER.formatted("wait-4"), "Prefer", "wait=30");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).contains("\"paymentUrl\":\"http://127.0.0.1/approve\"");
    }

    @Test
    void shouldRunTheSameOrderOnce() {
        server.views.show(confirmed("same-1"));
        HttpResponse<String> plain = server.web.post("/orders", ORDER.formatted("same-1"));
        HttpResponse<String> waiting = server.web.post("/orders", ORDER.formatted("same-1"), "Prefer", "wait=5");

        assertThat(plain.statusCode()).isEqualTo(202);
        assertThat(plain.body()).contains("\"outcome\":\"confirmed\"");
        assertThat(waiting.statusCode()).isEqualTo(200);
        assertThat(waiting.headers().firstValue("Preference-Applied")).contains("wait=5");
        assertThat(server.log.orders).isEmpty();
    }

    @Test
    void shouldTellADoubleClickBeforeTheViewShowsTheFirst() {
        HttpResponse<String> first = server.web.post("/orders", ORDER.formatted("click-1"));
        HttpResponse<String> second = server.web.post("/orders", ORDER.formatted("click-1"));
        HttpResponse<String> other =
                server.web.post("/orders", ORDER.formatted("click-1").replace("1250", "1"));

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(second.statusCode()).isEqualTo(202);
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(server.log.orders).hasSize(1);
    }

    @Test
    void shouldRefuseOtherContentUnderTheSameId() {
        server.views.show(confirmed("other-1"));
        HttpResponse<String> answer =
                server.web.post("/orders", ORDER.formatted("other-1").replace("1250", "1"), "Prefer", "wait=5");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertProblem(answer, 422);
        assertThat(answer.body()).contains("other-1");
        assertThat(server.log.orders).isEmpty();
    }

    @Test
    void shouldRefuseOtherContentWhenTheViewBringsItToLight() {
        server.log.then(order -> server.views.show(
                Views.order(order.getOrderId(), 1, OrderStatus.CONFIRMED).build()));
        HttpResponse<String> answer = server.web.post("/orders", ORDER.formatted("other-2"), "Prefer", "wait=5");

        assertThat(answer.statusCode()).isEqualTo(422);
    }

    @Test
    void shouldTakeACorrectedOrderUnderTheIdOfARejectedOne() {
        server.views.show(Views.order("corrected", 1, OrderStatus.REJECTED).build());
        server.log.then(order -> server.views.show(Views.order("corrected", 2, OrderStatus.CONFIRMED)
                .setContentHash(ApiServer.hash("corrected", "u1"))
                .build()));
        HttpResponse<String> answer = server.web.post("/orders", ORDER.formatted("corrected"), "Prefer", "wait=5");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("\"outcome\":\"confirmed\"");
    }

    @Test
    void shouldListEveryFaultAtOnce() {
        HttpResponse<String> answer = server.web.post(
                "/orders",
                "{\"orderId\":\"bad id\",\"usrId\":\"u1\",\"currency\":\"XYZ\",\"items\":[{\"productId\":\"\","
                        + "\"quantity\":0,\"price\":29.99}]}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertProblem(answer, 400);
        assertThat(answer.body())
                .contains("\"orderId\"", "\"usrId\"", "did you mean userId?", "\"userId\"", "\"currency\"")
                .contains("items[0].productId", "items[0].quantity", "price is in minor units: write 2999")
                .contains("paymentMethodId");
        assertThat(server.log.orders).isEmpty();
    }

    @Test
    void shouldPointAtWhereJsonIsMalformed() {
        HttpResponse<String> answer = server.web.post("/orders", "{\"userId\":\n  nope}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertProblem(answer, 400);
        assertThat(answer.body()).contains("line 2, column").doesNotContain("Source");
    }

    @Test
    void shouldRefuseAnotherTypeOfContent() {
        HttpResponse<String> answer = server.web.send(server.web
                .request("/orders", "Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("userId=u1"))
                .build());

        assertThat(answer.statusCode()).isEqualTo(415);
        assertProblem(answer, 415);
        assertThat(answer.body()).contains("application/x-www-form-urlencoded");
    }

    @Test
    void shouldRefuseTooLargeABody() {
        HttpResponse<String> answer = server.web.post("/orders", " ".repeat((1 << 20) + 1));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertProblem(answer, 413);
    }

    @Test
    void shouldAskToComeAgainWhenKafkaIsDown() {
        server.log.setDown(true);
        HttpResponse<String> answer = server.web.post("/orders", ORDER.formatted("down-1"), "Prefer", "wait=5");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertProblem(answer, 503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();

        server.log.setDown(false);
        assertThat(server.web.post("/orders", ORDER.formatted("down-1")).statusCode())
                .isEqualTo(202);
    }

    @Test
    void shouldTakeOrdersWhileTheirViewIsNowhere() {
        server.views.keepElsewhere("nowhere", new OrderViews.Place.Nowhere("being handed over"));

        assertThat(server.web.post("/orders", ORDER.formatted("nowhere")).statusCode())
                .isEqualTo(202);
        HttpResponse<String> lookup = server.web.get("/orders/nowhere");
        assertThat(lookup.statusCode()).isEqualTo(503);
        assertThat(lookup.body()).contains("being handed over");
    }

    @Test
    void shouldTakeOrdersWhileTheInstanceWithTheirViewIsGone() {
        server.views.keepElsewhere("gone", new OrderViews.Place.There(URI.create("http://127.0.0.1:1")));

        assertThat(server.web.post("/orders", ORDER.formatted("gone")).statusCode())
                .isEqualTo(202);
        assertThat(server.web.get("/orders/gone").statusCode()).isEqualTo(503);
        assertThat(server.log.orders).hasSize(1);
    }

    @Test
    void shouldTellAnOrder() {
        server.views.show(confirmed("get.1"));
        HttpResponse<String> answer = server.web.get("/orders/get.1");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body()).contains("\"orderId\":\"get.1\"", "\"completedSteps\":[\"accept\"]");
    }

    @Test
    void shouldHoldAnUnseenIdForAMoment() {
        CompletableFuture<HttpResponse<String>> answer =
                CompletableFuture.supplyAsync(() -> server.web.get("/orders/soon"));
        Poll.until("somebody waits", () -> server.views.waiting() > 0 || answer.isDone(), server.views::waiting);
        server.views.show(confirmed("soon"));

        assertThat(answer).succeedsWithin(Duration.ofSeconds(10));
        assertThat(answer.join().statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/orders/never", "/orders/never/timeline", "/orders/not%20an%20id"})
    void shouldNotFindWhatWasNeverPlaced(String path) {
        HttpResponse<String> answer = server.web.get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertProblem(answer, 404);
    }

    @Test
    void shouldTellTheTimeline() {
        server.views.show(confirmed("line-1"));

        assertThat(server.web.get("/orders/line-1/timeline").body())
                .isEqualTo(
                        "{\"orderId\":\"line-1\",\"timeline\":[{\"sequence\":1,\"step\":\"order-accepted\","
                                + "\"time\":\"2026-11-20T10:00:00.250Z\",\"attempts\":1,\"idempotencyKey\":null,"
                                + "\"detail\":null,\"topic\":\"order.placed\",\"partition\":0,\"offset\":17,\"eventId\":null}]}");
    }

    private static OrderView confirmed(String orderId) {
        return Views.order(orderId, 2, OrderStatus.CONFIRMED)
                .setContentHash(ApiServer.hash(orderId, "u1"))
                .build();
    }

    private static OrderView reserving(String orderId) {
        return Views.order(orderId, 1, OrderStatus.RESERVING)
                .setContentHash(ApiServer.hash(orderId, "u1"))
                .build();
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow(() -> new AssertionError(answer.body()));
    }

    private static void assertProblem(HttpResponse<String> answer, int status) {
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"status\":" + status, "\"title\":", "\"detail\":");
    }
}
