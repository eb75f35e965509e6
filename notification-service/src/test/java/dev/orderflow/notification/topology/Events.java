package dev.orderflow.notification.topology;

import dev.orderflow.events.CancelReason;
import dev.orderflow.events.Customer;
import dev.orderflow.events.Fault;
import dev.orderflow.events.OrderCancelled;
import dev.orderflow.events.OrderCompleted;
import dev.orderflow.events.OrderConfirmed;
import dev.orderflow.events.OrderRefunded;
import dev.orderflow.events.PricedLine;
import dev.orderflow.events.Shortage;
import dev.orderflow.events.Totals;
import java.time.Instant;
import java.util.List;

/** Events to test with. */
final class Events {

    static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    static final Customer ANN = new Customer("ann", "pm_1", null);

    private static final List<PricedLine> LINES = List.of(new PricedLine("coffee-1kg", 2, 1_299L, 2_598L));
    private static final Totals TOTALS = new Totals("USD", 2, 2_598L, 800, 208L, 2_806L);

    private Events() {}

    static OrderConfirmed confirmed(String orderId) {
        return confirmed(orderId, ANN);
    }

    static OrderConfirmed confirmed(String orderId, Customer customer) {
        return new OrderConfirmed(orderId, customer, "main", LINES, TOTALS, "ch_1", START, START);
    }

    static OrderCancelled cancelled(String orderId, CancelReason reason, Customer customer) {
        return new OrderCancelled(
                orderId,
                customer,
                reason,
                null,
                reason == CancelReason.INVALID ? List.of(new Fault("currency", "XXX", "use ISO 4217")) : List.of(),
                reason == CancelReason.OUT_OF_STOCK ? List.of(new Shortage("coffee-1kg", 2L, 1L)) : List.of(),
                null,
                START,
                START);
    }

    static OrderCompleted completed(String orderId) {
        return new OrderCompleted(orderId, ANN, "main", LINES, TOTALS, "ch_1", START, START, START);
    }

    static OrderRefunded refunded(String orderId) {
        return new OrderRefunded(orderId, ANN, LINES, TOTALS, "ch_1", "re_1", "broken", START, START);
    }
}
