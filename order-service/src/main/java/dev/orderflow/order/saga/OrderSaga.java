package dev.orderflow.order.saga;

import dev.orderflow.order.saga.SagaMessage.Asked;
import dev.orderflow.order.saga.SagaMessage.OfPayment;
import dev.orderflow.order.saga.SagaMessage.OfStock;
import dev.orderflow.order.saga.SagaMessage.Placed;
import dev.orderflow.order.saga.SagaMessage.TimerFired;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The life of an order as a pure function: what follows from each message in each state. Messages may come late, twice
 * and in any order across topics. Immutable and thread-safe.
 */
public final class OrderSaga {

    private final SagaSettings settings;
    private final Placement placement;

    public OrderSaga(SagaSettings settings) {
        this.settings = settings;
        this.placement = new Placement(new OrderValidation(settings), settings);
    }

    /**
     * What follows from a message.
     *
     * @param state what was kept of the order the message is about; null when nothing is known of it
     * @param now wall clock; cut to milliseconds
     */
    public Decision decide(@Nullable SagaState state, SagaMessage message, Instant now) {
        Instant at = Instant.ofEpochMilli(now.toEpochMilli());
        return switch (state) {
            case null -> unknown(message, at);
            case OrderState order -> inFlight(order, message, at);
            case ClosedOrder closed -> closed(closed, message, at);
        };
    }

    /** Whether a closed order has been remembered for as long as it should be. */
    public boolean forgettable(ClosedOrder closed, Instant now) {
        return !closed.closedAt().plus(settings.dedupWindow()).isAfter(now);
    }

    /**
     * What follows from an order that was placed so long ago that nobody knows any more whether it ran before.
     *
     * @param placedAt by the shop
     * @param written the time of its record
     * @return empty where it is young enough to be decided
     */
    public Optional<Decision> tooOld(Instant placedAt, Instant written, Instant now) {
        Instant oldest = placedAt.isBefore(written) ? placedAt : written;
        return oldest.isBefore(now.minus(settings.dedupWindow()))
                ? Optional.of(new Decision.Unusable("it was placed at " + oldest
                        + ", longer ago than the dedup window of "
                        + settings.dedupWindow().toHours()
                        + " hours: whether it ran before is no longer known; place it again under a new id"))
                : Optional.empty();
    }

    private Decision unknown(SagaMessage message, Instant now) {
        return switch (message) {
            case Placed placed -> placement.first(placed, now);
            case OfStock _, OfPayment _ ->
                new Decision.Unusable("no such order is known here: it was never placed, or ended longer ago than"
                        + " the dedup window; see the audit");
            case Asked asked ->
                new Decision.Unusable("cannot " + asked.request().verb()
                        + " it: no such order is known here, or it ended longer ago than the dedup window");
            case TimerFired _ -> Draft.UNCHANGED;
        };
    }

    private Decision inFlight(OrderState state, SagaMessage message, Instant now) {
        Draft order = new Draft(state, settings, now);
        switch (message) {
            case Placed placed -> placement.again(order, placed);
            case OfStock stock -> StockSteps.apply(order, stock);
            case OfPayment payment -> PaymentSteps.apply(order, payment);
            case Asked asked -> RequestSteps.apply(order, asked);
            case TimerFired(Instant due) -> timerFired(order, due);
        }
        return order.decision();
    }

    private Decision closed(ClosedOrder closed, SagaMessage message, Instant now) {
        return switch (message) {
            case Placed placed -> placement.again(closed, placed, now);
            case OfStock stock -> ClosedSteps.ofStock(closed, stock);
            case OfPayment payment -> ClosedSteps.ofPayment(closed, payment);
            case Asked asked -> ClosedSteps.asked(closed, asked, settings, now);
            case TimerFired _ -> Draft.UNCHANGED;
        };
    }

    /** A timer that was set for an earlier state does nothing; one that was left to fire early is set again. */
    private static void timerFired(Draft order, Instant due) {
        if (!due.equals(order.timer)) {
            return;
        }
        order.timer = null;
        if (order.deadline == null || order.now.isBefore(order.deadline)) {
            return;
        }
        switch (order.status) {
            case RESERVING, CHARGING -> Moves.expire(order);
            case EXPIRING, CANCELLING, REFUNDING -> Moves.repeatUndo(order);
            case CONFIRMED -> Moves.complete(order);
            case COMPLETED, REFUNDED, CANCELLED, REJECTED ->
                throw new IllegalStateException(
                        "order " + order.order.orderId() + " is " + order.status + " and still in flight");
        }
    }
}
