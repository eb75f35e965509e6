package dev.orderflow.order.topology;

import dev.orderflow.events.OrderStatus;
import dev.orderflow.events.OrderView;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Views of orders that are about to change again: an order on its way is reserved and charged within milliseconds, and a
 * view of each moment, with all of its timeline, would cost as much as the order itself. Such a view is held back for a
 * tenth of a second, and is never written where a newer one has followed by then. Whatever people wait for is not held: an
 * outcome, a payment that needs its customer, an undo.
 *
 * <p>What a handler that is lost has held comes with the next step of the order, which its deadline makes sure of.
 */
final class PassingViews {

    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final SequencedMap<String, Held> held = new LinkedHashMap<>();

    /**
     * A view that was not written yet.
     *
     * @param sequence of the view among what the saga says of the order
     */
    record Held(OrderView view, long sequence, Instant due) {}

    /** Something that writes a view. */
    interface Writer {
        void write(OrderView view, long sequence);
    }

    /** Whether nobody waits for this view, and another one will follow soon. */
    static boolean isPassing(OrderView view) {
        boolean onItsWay = view.getStatus() == OrderStatus.RESERVING || view.getStatus() == OrderStatus.CHARGING;
        return onItsWay && view.getOutcome() == null && view.getPaymentUrl() == null;
    }

    void hold(OrderView view, long sequence, Instant now) {
        Held before = held.get(view.getOrderId());
        Instant due = before == null ? now.plus(PATIENCE) : before.due();
        held.put(view.getOrderId(), new Held(view, sequence, due));
    }

    /** A newer view of this order was written. */
    void forget(String orderId) {
        held.remove(orderId);
    }

    /**
     * Writes what was held for long enough.
     *
     * @return when the next one is due; null where none is held
     */
    @Nullable
    Instant publish(Instant now, Writer writer) {
        for (Map.Entry<String, Held> oldest = held.firstEntry(); oldest != null; oldest = held.firstEntry()) {
            Instant due = oldest.getValue().due();
            boolean clockWentBack = due.isAfter(now.plus(PATIENCE));
            if (now.isBefore(due) && !clockWentBack) {
                return due;
            }
            held.pollFirstEntry();
            writer.write(oldest.getValue().view(), oldest.getValue().sequence());
        }
        return null;
    }
}
