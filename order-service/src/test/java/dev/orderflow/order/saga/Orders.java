package dev.orderflow.order.saga;

import java.time.Instant;
import java.util.List;

/** Orders for tests. */
final class Orders {

    static final Instant PLACED_AT = Instant.parse("2026-03-01T09:00:00Z");

    private Orders() {}

    static PlacedOrder placed(String orderId) {
        return placed(orderId, 2);
    }

    /** 2,500 a piece and 999 once, so that two pieces make a subtotal of 5,999. */
    static PlacedOrder placed(String orderId, long quantity) {
        return new PlacedOrder(
                orderId,
                "u-1",
                "pm-1",
                "en-GB",
                "USD",
                "main",
                List.of(new PlacedOrder.Item("widget", quantity, 2_500), new PlacedOrder.Item("bolt", 1, 999)),
                PLACED_AT);
    }

    static PlacedOrder invalid(String orderId) {
        return new PlacedOrder(orderId, "u-1", "pm-1", null, "USD", "main", List.of(), PLACED_AT);
    }
}
