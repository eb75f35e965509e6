package dev.orderflow.order.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.events.CancelOrder;
import dev.orderflow.events.OrderStatus;
import dev.orderflow.events.OrderView;
import dev.orderflow.events.RefundOrder;
import dev.orderflow.events.TimelineEntry;
import dev.orderflow.order.view.Views;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderActionsTest {

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
        server.log.requests.clear();
    }

    @ParameterizedTest
    @CsvSource({
        "cancel,CONFIRMED,CancelOrder",
        "retry,CHARGING,RetryOrder",
        "refund,COMPLETED,RefundOrder",
        "dispatch,CONFIRMED,DispatchOrder"
    })
    void shouldPassOnWhatIsAskedOfAnOrder(String verb, OrderStatus status, String type) {
        String id = "ask-" + verb;
        server.views.show(Views.order(id, 3, status).build());
        HttpResponse<String> answer = server.web.post("/orders/" + id + "/" + verb, "", "Idempotency-Key", "once");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(answer.body()).contains("\"orderId\":\"" + id + "\"");
        assertThat(server.log.requests).singleElement().satisfies(request -> {
            assertThat(request.getOrderId()).isEqualTo(id);
            assertThat(request.getRequestId()).isEqualTo("once");
            assertThat(request.getRequest().getClass().getSimpleName()).isEqualTo(type);
        });
    }

    @Test
    void shouldTakeAReasonWhateverItsTypeIsSaidToBe() {
        server.views.show(Views.order("curl-1", 3, OrderStatus.CONFIRMED).build());
        HttpResponse<String> answer = server.web.send(server.web
                .request("/orders/curl-1/cancel", "Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("{\"reason\":\"ordered twice\"}"))
                .build());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(server.log.requests)
                .singleElement()
                .satisfies(request -> assertThat(request.getRequest()).isEqualTo(new CancelOrder("ordered twice")));
    }

    @Test
    void shouldSendTheReasonAndTheOrderWithARefund() {
        OrderView completed = Views.order("refund-1", 9, OrderStatus.COMPLETED).build();
        server.views.show(completed);
        server.web.post("/orders/refund-1/refund", "{\"reason\":\"broken mug\"}");

        assertThat(server.log.requests).singleElement().satisfies(request -> {
            assertThat(request.getRequest()).isEqualTo(new RefundOrder("broken mug"));
            assertThat(request.getSeen()).isEqualTo(completed);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "cancel,COMPLETED,refund",
        "refund,CONFIRMED,cancel it instead",
        "dispatch,RESERVING,only a confirmed",
        "retry,CANCELLED,nothing is left",
        "cancel,CANCELLED,already"
    })
    void shouldRefuseWhatCannotBe(String verb, OrderStatus status, String why) {
        String id = "cannot-" + verb + "-" + status;
        server.views.show(Views.order(id, 3, status).build());
        HttpResponse<String> answer = server.web.post("/orders/" + id + "/" + verb, "");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertProblem(answer, 409);
        assertThat(answer.body()).contains(why);
        assertThat(server.log.requests).isEmpty();
    }

    @Test
    void shouldAnswerARepeatedRequestWithTheOrder() {
        server.views.show(Views.order("repeat-1", 3, OrderStatus.CANCELLED)
                .setTimeline(List.of(new TimelineEntry(
                        2L, "cancel-requested", Views.CREATED, 1, "key-1", null, "order.requests", 0, 4L, null)))
                .build());

        assertThat(server.web
                        .post("/orders/repeat-1/cancel", "", "Idempotency-Key", "key-1")
                        .statusCode())
                .isEqualTo(202);
        assertThat(server.web
                        .post("/orders/repeat-1/cancel", "", "Idempotency-Key", "key-2")
                        .statusCode())
                .isEqualTo(409);
        assertThat(server.log.requests).isEmpty();
    }

    @Test
    void shouldAnswerARepeatedRequestThatWasRefusedWithTheRefusal() {
        server.views.show(Views.order("refused-1", 3, OrderStatus.CONFIRMED)
                .setTimeline(List.of(new TimelineEntry(
                        2L,
                        "request-refused",
                        Views.CREATED,
                        1,
                        "key-1",
                        "refund refused: it is not dispatched yet",
                        "order.requests",
                        0,
                        4L,
                        null)))
                .build());

        HttpResponse<String> answer = server.web.post("/orders/refused-1/refund", "", "Idempotency-Key", "key-1");

        assertProblem(answer, 409);
        assertThat(answer.body()).contains("refund refused: it is not dispatched yet");
        assertThat(server.log.requests).isEmpty();
    }

    @Test
    void shouldWaitUntilTheOrderHasMoved() {
        server.views.show(Views.order("moves", 3, OrderStatus.CONFIRMED).build());
        CompletableFuture<HttpResponse<String>> answer =
                server.web.postAsync("/orders/moves/cancel", "{}", "Prefer", "wait=30");
        Poll.until("the request is written", () -> !server.log.requests.isEmpty(), () -> server.log.requests);
        server.views.show(Views.order("moves", 4, OrderStatus.CANCELLING).build());

        assertThat(answer).succeedsWithin(Duration.ofSeconds(10));
        assertThat(answer.join().statusCode()).isEqualTo(202);
        assertThat(answer.join().body()).contains("\"status\":\"cancelling\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"reson\":\"x\"}", "{\"reason\":7}", "[]", "{"})
    void shouldRefuseABrokenReason(String body) {
        server.views.show(Views.order("reason", 3, OrderStatus.CONFIRMED).build());

        assertThat(server.web.post("/orders/reason/cancel", body).statusCode()).isEqualTo(400);
        assertThat(server.log.requests).isEmpty();
    }

    private static void assertProblem(HttpResponse<String> answer, int status) {
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"status\":" + status, "\"title\":", "\"detail\":");
    }
}
