package dev.orderflow.order.saga;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole order at one moment. Immutable.
 *
 * @param order what was accepted
 * @param sequence of the newest record written about it
 * @param outcome null until the order is confirmed or cancelled
 * @param stock what is known of its stock
 * @param payment what is known of its payment
 * @param ending why it ends without a sale; null while it does not
 * @param chargeId the provider's id of the newest charge seen
 * @param refundId the provider's id of the refund
 * @param refundReason why a dispatched order is paid back, as given by whoever asked
 * @param paymentUrl where the customer approves a pending payment
 * @param createdAt when the saga accepted it
 * @param updatedAt when it last changed
 * @param confirmedAt when stock was held and the card charged
 * @param dispatchDueAt when dispatch ends
 * @param completedAt when dispatch ended
 * @param deadline when the saga acts by itself; null only when the order is closed
 * @param timer the one timer that is set, never later than the deadline; null when none is
 * @param repeats how often an unanswered compensation was sent again
 * @param timeline oldest first
 */
public record OrderState(
        PricedOrder order,
        long sequence,
        Status status,
        @Nullable Outcome outcome,
        StockStep stock,
        PaymentStep payment,
        @Nullable Ending ending,
        @Nullable String chargeId,
        @Nullable String refundId,
        @Nullable String refundReason,
        @Nullable String paymentUrl,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant confirmedAt,
        @Nullable Instant dispatchDueAt,
        @Nullable Instant completedAt,
        @Nullable Instant deadline,
        @Nullable Instant timer,
        int repeats,
        List<TimelineEntry> timeline)
        implements SagaState {

    public OrderState {
        timeline = List.copyOf(timeline);
    }

    @Override
    public String orderId() {
        return order.orderId();
    }

    @Override
    public String contentHash() {
        return order.contentHash();
    }
}
