package dev.orderflow.order.view;

import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import dev.orderflow.events.Customer;
import dev.orderflow.events.OrderOutcome;
import dev.orderflow.events.OrderStatus;
import dev.orderflow.events.OrderView;
import dev.orderflow.events.PricedLine;
import dev.orderflow.events.TimelineEntry;
import dev.orderflow.events.Totals;
import java.time.Instant;
import java.util.List;

/** Views of orders for tests. */
public final class Views {

    public static final Instant CREATED = Instant.parse("2026-11-20T10:00:00.250Z");

    static {
        // Makes the generated classes known to Avro, which its builders ask for.
        AvroSerdes.with(new InMemoryRegistry());
    }

    private Views() {}

    /** An order of u1 over two mugs, as far as it has come. */
    public static OrderView.Builder order(String orderId, long sequence, OrderStatus status) {
        return OrderView.newBuilder()
                .setOrderId(orderId)
                .setSequence(sequence)
                .setContentHash("hash-of-" + orderId)
                .setStatus(status)
                .setOutcome(outcome(status))
                .setCustomer(new Customer("u1", "pm_card_visa", null))
                .setStockLocation("main")
                .setLines(List.of(new PricedLine("mug", 2, 1250L, 2500L)))
                .setTotals(new Totals("USD", 2, 2500L, 800, 200L, 2700L))
                .setCreatedAt(CREATED)
                .setUpdatedAt(CREATED.plusMillis(sequence))
                .setTimeline(List.of(
                        new TimelineEntry(1L, "order-accepted", CREATED, 1, null, null, "order.placed", 0, 17L, null)));
    }

    private static OrderOutcome outcome(OrderStatus status) {
        return switch (status) {
            case CONFIRMED, COMPLETED, REFUNDING, REFUNDED -> OrderOutcome.CONFIRMED;
            case CANCELLED, REJECTED -> OrderOutcome.CANCELLED;
            case UNKNOWN, RESERVING, CHARGING, EXPIRING, CANCELLING -> null;
        };
    }
}
