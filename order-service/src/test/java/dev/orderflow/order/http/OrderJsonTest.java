package dev.orderflow.order.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.events.CancelReason;
import dev.orderflow.events.Customer;
import dev.orderflow.events.Fault;
import dev.orderflow.events.OrderStatus;
import dev.orderflow.events.OrderView;
import dev.orderflow.events.Shortage;
import dev.orderflow.events.TimelineEntry;
import dev.orderflow.order.view.Views;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderJsonTest {

    private static final Instant NOW = Views.CREATED.plusSeconds(6);

    @Test
    void shouldTellTheWholeOrder() {
        OrderView view = Views.order("o-1", 4, OrderStatus.CONFIRMED)
                .setChargeId("ch_1")
                .setConfirmedAt(Views.CREATED.plusSeconds(1))
                .setDispatchDueAt(Views.CREATED.plusSeconds(11))
                .setTimeline(
                        List.of(entry(1, "order-accepted"), entry(2, "stock-reserved"), entry(3, "payment-deadline")))
                .build();

        assertThat(text(OrderJson.order(view, NOW))).isEqualTo("""
                {"orderId":"o-1","status":"confirmed","outcome":"confirmed","reason":null,"detail":null,\
                "userId":"u1","paymentMethodId":"****visa","stockLocation":"main",\
                "lines":[{"productId":"mug","quantity":2,"unitPrice":1250,"lineTotal":2500}],\
                "totals":{"currency":"USD","digits":2,"subtotal":2500,"taxBasisPoints":800,"tax":200,"total":2700},\
                "completedSteps":["accept","reserve"],\
                "createdAt":"2026-11-20T10:00:00.250Z","updatedAt":"2026-11-20T10:00:00.254Z",\
                "confirmedAt":"2026-11-20T10:00:01.250Z","completedAt":null,\
                "chargeId":"ch_1","refundId":null,"paymentUrl":null,\
                "dispatch":{"progress":5,"of":10,"dueAt":"2026-11-20T10:00:11.250Z"},\
                "timeline":[\
                {"sequence":1,"step":"order-accepted","time":"2026-11-20T10:00:00.250Z","attempts":1,\
                "idempotencyKey":null,"detail":null,"topic":null,"partition":null,"offset":null,"eventId":null},\
                {"sequence":2,"step":"stock-reserved","time":"2026-11-20T10:00:00.250Z","attempts":1,\
                "idempotencyKey":null,"detail":null,"topic":null,"partition":null,"offset":null,"eventId":null},\
                {"sequence":3,"step":"payment-deadline","time":"2026-11-20T10:00:00.250Z","attempts":1,\
                "idempotencyKey":null,"detail":null,"topic":null,"partition":null,"offset":null,"eventId":null}]}""");
    }

    @Test
    void shouldTellWhyAnOrderWasCancelled() {
        OrderView view = Views.order("o-1", 4, OrderStatus.CANCELLED)
                .setReason(CancelReason.OUT_OF_STOCK)
                .setDetail("mug: 1 of 2")
                .setShortages(List.of(new Shortage("mug", 2L, 1L)))
                .build();

        assertThat(text(OrderJson.summary(view, NOW)))
                .contains("\"status\":\"cancelled\",\"outcome\":\"cancelled\",\"reason\":\"out_of_stock\"")
                .contains("\"shortages\":[{\"productId\":\"mug\",\"requested\":2,\"available\":1}]")
                .contains("\"dispatch\":null")
                .doesNotContain("timeline", "faults");
    }

    @Test
    void shouldTellTheFaultsOfARejectedOrder() {
        OrderView view = Views.order("o-1", 1, OrderStatus.REJECTED)
                .setReason(CancelReason.INVALID)
                .setCustomer(new Customer())
                .setLines(List.of())
                .setTotals(null)
                .setFaults(List.of(new Fault("items", "[]", "add one")))
                .build();

        assertThat(text(OrderJson.summary(view, NOW)))
                .contains("\"userId\":null,\"paymentMethodId\":null", "\"lines\":[],\"totals\":null")
                .contains("\"faults\":[{\"field\":\"items\",\"value\":\"[]\",\"message\":\"add one\"}]");
    }

    @Test
    void shouldNotShowAShortTokenAtAll() {
        OrderView view = Views.order("o-1", 1, OrderStatus.RESERVING)
                .setCustomer(new Customer("u1", "pm_4242", null))
                .build();

        assertThat(text(OrderJson.summary(view, NOW))).contains("\"paymentMethodId\":\"****\"");
    }

    private static TimelineEntry entry(long sequence, String step) {
        return new TimelineEntry(sequence, step, Views.CREATED, 1, null, null, null, -1, -1L, null);
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
