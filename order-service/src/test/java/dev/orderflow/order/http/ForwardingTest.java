package dev.orderflow.order.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.events.OrderStatus;
import dev.orderflow.order.view.OrderViews;
import dev.orderflow.order.view.Views;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances: what one is asked about an order of the other. */
class ForwardingTest {

    private static final String ORDER =
            "{\"orderId\":\"theirs\",\"userId\":\"u1\",\"paymentMethodId\":\"pm_card_visa\","
                    + "\"items\":[{\"productId\":\"mug\",\"quantity\":2,\"price\":1250}]}";

    private ApiServer asked;
    private ApiServer owner;

    @BeforeEach
    void start() {
        asked = new ApiServer(Views.CREATED);
        owner = new ApiServer(Views.CREATED);
        asked.views.keepElsewhere("theirs", new OrderViews.Place.There(owner.address()));
    }

    @AfterEach
    void stop() {
        asked.close();
        owner.close();
    }

    @Test
    void shouldPlaceAnOrderWhereItsViewIs() {
        owner.log.then(order -> owner.views.show(Views.order("theirs", 2, OrderStatus.CONFIRMED)
                .setContentHash(ApiServer.hash("theirs", "u1"))
                .build()));
        HttpResponse<String> answer = asked.web.post("/orders", ORDER, "Prefer", "wait=10");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Preference-Applied")).contains("wait=10");
        assertThat(answer.headers().firstValue("Location")).contains("/orders/theirs");
        assertThat(answer.body()).contains("\"outcome\":\"confirmed\"");
        assertThat(asked.log.orders).isEmpty();
        assertThat(owner.log.orders).hasSize(1);
    }

    @Test
    void shouldTellAnOrderOfAnotherInstance() {
        owner.views.show(Views.order("theirs", 2, OrderStatus.CONFIRMED).build());

        assertThat(asked.web.get("/orders/theirs").body()).contains("\"orderId\":\"theirs\"");
        assertThat(asked.web.get("/orders/theirs/timeline").body()).contains("order-accepted");
    }

    @Test
    void shouldHandProblemsBack() {
        HttpResponse<String> answer = asked.web.get("/orders/theirs");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void shouldAskTheOwnerToCancel() {
        owner.views.show(Views.order("theirs", 2, OrderStatus.CONFIRMED).build());
        HttpResponse<String> answer =
                asked.web.post("/orders/theirs/cancel", "{\"reason\":\"too slow\"}", "Idempotency-Key", "c-1");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(owner.log.requests)
                .singleElement()
                .satisfies(request -> assertThat(request.getRequestId()).isEqualTo("c-1"));
    }

    @Test
    void shouldNotGoRoundInCircles() {
        owner.views.keepElsewhere("theirs", new OrderViews.Place.There(asked.address()));

        assertThat(asked.web.get("/orders/theirs").statusCode()).isEqualTo(503);
        assertThat(asked.web.post("/orders", ORDER).statusCode()).isEqualTo(202);
        assertThat(owner.log.orders).hasSize(1);
    }
}
