package dev.orderflow.order.http;

import dev.orderflow.events.CancelOrder;
import dev.orderflow.events.Customer;
import dev.orderflow.events.DispatchOrder;
import dev.orderflow.events.OrderLine;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.OrderRequest;
import dev.orderflow.events.OrderView;
import dev.orderflow.events.RefundOrder;
import dev.orderflow.events.RetryOrder;
import dev.orderflow.order.saga.PlacedOrder;
import dev.orderflow.order.saga.Request;
import java.time.Instant;
import java.util.List;

/** What comes in by HTTP, as records for Kafka. */
final class AvroRequests {

    private static final String BY = "http";

    private AvroRequests() {}

    /** An order that breaks no rule. */
    static OrderPlaced placed(PlacedOrder order) {
        List<OrderLine> lines = order.items().stream()
                .map(item -> new OrderLine(item.productId(), Math.toIntExact(item.quantity()), item.price()))
                .toList();
        return new OrderPlaced(
                order.orderId(),
                new Customer(order.userId(), order.paymentMethodId(), order.locale()),
                order.currency(),
                order.stockLocation(),
                lines,
                order.placedAt());
    }

    /**
     * What somebody asks of an order.
     *
     * @param seen the order as it was shown: the saga picks a dispatched one up again from it to refund it
     */
    static OrderRequest requested(OrderView seen, String requestId, Request request, Instant now) {
        Object asked =
                switch (request) {
                    case Request.Cancel(String reason) -> new CancelOrder(reason);
                    case Request.Retry _ -> new RetryOrder();
                    case Request.Refund(String reason) -> new RefundOrder(reason);
                    case Request.Dispatch _ -> new DispatchOrder();
                };
        return new OrderRequest(
                seen.getOrderId(), requestId, BY, now, asked, request instanceof Request.Refund ? seen : null);
    }
}
