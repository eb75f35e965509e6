package dev.orderflow.order.view;

import dev.orderflow.events.OrderView;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Views that somebody is told of before they are read from their topic: until then they are found here, so that nobody finds
 * less than what was told. Safe for use by several threads.
 */
@SuppressWarnings("NullAway") // the contract of ConcurrentHashMap#computeIfPresent, which is not annotated
final class EarlyViews {

    private final Map<String, Early> byOrder = new ConcurrentHashMap<>();

    /**
     * One order whose newest view was not read yet.
     *
     * @param told the newest that is committed
     * @param expected the newest of all
     */
    private record Early(@Nullable OrderView told, OrderView expected) {}

    /** This view is about to be committed. Where it is not, the order goes another way, and what comes of that is read. */
    void expect(OrderView view) {
        byOrder.compute(view.getOrderId(), (_, before) -> new Early(before == null ? null : before.told(), view));
    }

    /** This view, which was expected, is committed; nothing where it has been read by now. */
    void committed(OrderView view) {
        byOrder.computeIfPresent(view.getOrderId(), (_, early) -> new Early(view, early.expected()));
    }

    /** This view was read: it can be found in its table. */
    void read(OrderView view) {
        byOrder.computeIfPresent(view.getOrderId(), (_, early) -> {
            if (isCovered(early.expected(), view)) {
                return null;
            }
            return isCovered(early.told(), view) ? new Early(null, early.expected()) : early;
        });
    }

    /** What was told of an order and was not read yet. */
    Optional<OrderView> find(String orderId) {
        Early early = byOrder.get(orderId);
        return early == null ? Optional.empty() : Optional.ofNullable(early.told());
    }

    /** The newer one of what was read of an order and what was told of it. */
    static Optional<OrderView> newer(Optional<OrderView> read, Optional<OrderView> told) {
        return read.isPresent() && isCovered(told.orElse(null), read.get()) ? read : told.or(() -> read);
    }

    /** A partition is read no more here, or by another instance, and nobody says which of them are still early. */
    void clear() {
        byOrder.clear();
    }

    /** How many orders have a view that was not read yet. */
    int count() {
        return byOrder.size();
    }

    private static boolean isCovered(@Nullable OrderView early, OrderView read) {
        return early == null || early.getSequence() <= read.getSequence();
    }
}
