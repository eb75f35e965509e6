package dev.orderflow.order.topology;

import dev.orderflow.events.CancelOrder;
import dev.orderflow.events.Customer;
import dev.orderflow.events.DispatchOrder;
import dev.orderflow.events.InventoryEvent;
import dev.orderflow.events.Money;
import dev.orderflow.events.OrderLine;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.OrderRequest;
import dev.orderflow.events.OrderView;
import dev.orderflow.events.PaymentCharged;
import dev.orderflow.events.PaymentEvent;
import dev.orderflow.events.RefundOrder;
import dev.orderflow.events.Shortage;
import dev.orderflow.events.StockRejected;
import dev.orderflow.events.StockReleased;
import dev.orderflow.events.StockReserved;
import java.time.Instant;
import java.util.List;

/** Records for tests: an order of 2 x 2,500 + 999 at 8 % tax, 6,479 in all. */
final class Facts {

    static final Instant START = Instant.parse("2026-03-01T09:00:00Z");
    static final long TOTAL = 6_479;

    private static final Customer CUSTOMER = new Customer("u-1", "pm-1", "en-GB");

    private Facts() {}

    static OrderPlaced placed(String orderId) {
        return placed(orderId, 2, START);
    }

    static OrderPlaced placed(String orderId, int quantity, Instant placedAt) {
        return new OrderPlaced(
                orderId,
                CUSTOMER,
                "USD",
                null,
                List.of(new OrderLine("widget", quantity, 2_500L), new OrderLine("bolt", 1, 999L)),
                placedAt);
    }

    static OrderPlaced placedFor(String orderId, long price) {
        return new OrderPlaced(orderId, CUSTOMER, "USD", null, List.of(new OrderLine("yacht", 1, price)), START);
    }

    static OrderPlaced faulty(String orderId) {
        return new OrderPlaced(
                orderId, new Customer(null, "pm-1", null), "XXX", null, List.of(new OrderLine("bolt", 0, -1L)), START);
    }

    static InventoryEvent reserved(String orderId) {
        return stock(orderId, new StockReserved(CUSTOMER, new Money(TOTAL, "USD"), START));
    }

    static InventoryEvent rejected(String orderId) {
        return stock(orderId, new StockRejected(List.of(new Shortage("widget", 2L, 1L))));
    }

    static InventoryEvent released(String orderId) {
        return stock(orderId, new StockReleased(false));
    }

    static InventoryEvent stock(String orderId, Object fact) {
        return new InventoryEvent(orderId, "main", START, fact);
    }

    static PaymentEvent charged(String orderId) {
        return payment(orderId, new PaymentCharged("ch-1", new Money(TOTAL, "USD")));
    }

    static PaymentEvent payment(String orderId, Object fact) {
        return new PaymentEvent(orderId, 1, orderId + ":charge", START, fact);
    }

    static OrderRequest cancel(String orderId) {
        return new OrderRequest(orderId, "req-" + orderId, "ops", START, new CancelOrder("changed my mind"), null);
    }

    static OrderRequest dispatch(String orderId) {
        return new OrderRequest(orderId, "req-dispatch", null, START, new DispatchOrder(), null);
    }

    static OrderRequest refund(String orderId, OrderView seen) {
        return new OrderRequest(orderId, "req-refund", "ops", START, new RefundOrder("broken"), seen);
    }
}
