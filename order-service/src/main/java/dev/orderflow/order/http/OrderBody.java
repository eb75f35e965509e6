package dev.orderflow.order.http;

import dev.orderflow.order.saga.PlacedOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request that places an order, as far as it could be read.
 *
 * @param items an item stands here only where nothing was wrong with its form
 * @param faults what could not be read; the fields concerned are null
 */
record OrderBody(
        @Nullable String orderId,
        @Nullable String userId,
        @Nullable String paymentMethodId,
        @Nullable String locale,
        @Nullable String currency,
        @Nullable String stockLocation,
        List<PlacedOrder.Item> items,
        FaultList faults) {}
