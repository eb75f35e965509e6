package dev.orderflow.order.http;

import dev.orderflow.events.OrderView;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Orders that were sent to Kafka and are not in the view yet: what tells a second request under the same id within those
 * milliseconds that it is one. Thread-safe.
 */
final class PendingOrders {

    private final Map<String, Pending> byId = new ConcurrentHashMap<>();

    /**
     * An order on its way.
     *
     * @param contentHash of what it asks for
     * @param before sequence of the view that was there before it; -1 when there was none
     * @param written completes when it is in Kafka, or known not to be
     */
    record Pending(String contentHash, long before, CompletableFuture<Void> written) {

        /** Whether this view shows the order, and not what was there before it. */
        boolean isShownBy(OrderView view) {
            return view.getSequence() > before;
        }
    }

    /** Claims an id for an order; the one that has it already, if there is one. */
    Optional<Pending> claim(String orderId, Pending order) {
        return Optional.ofNullable(byId.putIfAbsent(orderId, order));
    }

    /** Gives the id free, if it is this order's. */
    void release(String orderId, Pending order) {
        byId.remove(orderId, order);
    }

    /** Gives the id free of an order that is not sent after all: whoever waits for it is told why. */
    void withdraw(String orderId, Pending order, RuntimeException why) {
        release(orderId, order);
        order.written().completeExceptionally(why);
    }
}
