package dev.orderflow.order.rehearsal;

import dev.orderflow.order.saga.ClosedOrder;
import dev.orderflow.order.saga.Decision;
import dev.orderflow.order.saga.Evidence;
import dev.orderflow.order.saga.OrderSaga;
import dev.orderflow.order.saga.OrderState;
import dev.orderflow.order.saga.SagaMessage;
import dev.orderflow.order.saga.SagaMessage.Placed;
import dev.orderflow.order.saga.SagaState;
import dev.orderflow.order.saga.TimerChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One order on its way through this build's saga, with a clock and timers of its own: what it is, and what it has sent. */
final class Way {

    /** How the service begins to say that its code has failed at a record again and again. */
    private static final String BROKEN = "Failed 3 times: ";

    private final OrderSaga saga;
    private final Rendering rendering;
    private final String orderId;
    private final TreeSet<Instant> timers = new TreeSet<>();
    private final List<Sent> sent = new ArrayList<>();
    private @Nullable SagaState state;
    private @Nullable OrderState shown;
    private Instant now = Instant.MIN;

    Way(OrderSaga saga, Rendering rendering, String orderId) {
        this.saga = saga;
        this.rendering = rendering;
        this.orderId = orderId;
    }

    /** What would follow from a message; nothing changes. What breaks the code is set aside by the service, so it is here. */
    Decision wouldDecide(SagaMessage message, Instant written, Instant at) {
        try {
            if (message instanceof Placed placed) {
                Optional<Decision> old = saga.tooOld(placed.order().placedAt(), written, at);
                if (old.isPresent()) {
                    return old.get();
                }
            }
            return saga.decide(remembered(at), message, at);
        } catch (RuntimeException broken) {
            return new Decision.Unusable(BROKEN + broken);
        }
    }

    private @Nullable SagaState remembered(Instant at) {
        return state instanceof ClosedOrder closed && saga.forgettable(closed, at) ? null : state;
    }

    /** Carries a decision out. */
    void carryOut(Decision decision, @Nullable Evidence place, Instant at) {
        now = later(at);
        switch (decision) {
            case Decision.Changed changed -> {
                state = changed.next();
                shown = changed.order();
                sent.addAll(rendering.of(decision, at));
                for (TimerChange change : changed.timers()) {
                    switch (change) {
                        case TimerChange.Set(Instant due) -> timers.add(due);
                        case TimerChange.Cancel(Instant due) -> timers.remove(due);
                    }
                }
            }
            case Decision.Rejected rejected -> {
                state = rejected.next();
                sent.addAll(rendering.of(decision, at));
            }
            case Decision.Corrected corrected -> {
                state = corrected.next();
                sent.addAll(rendering.of(decision, at));
            }
            case Decision.Unchanged _ -> {}
            case Decision.Unusable(String reason) -> {
                if (place != null) {
                    sent.add(deadLetter(place, reason, at));
                }
            }
        }
    }

    /** What the service would make of a record that nothing can be decided about. */
    Sent deadLetter(Evidence place, String reason, Instant at) {
        return reason.startsWith(BROKEN)
                ? rendering.refused(place, reason, at)
                : rendering.deadLetter(orderId, place, reason, at);
    }

    /** The record is a dead letter, whatever the order is. */
    void refuse(Evidence place, String reason, Instant at) {
        now = later(at);
        sent.add(rendering.refused(place, reason, at));
    }

    /** The timer that is due next. */
    Optional<Instant> nextTimer() {
        return timers.isEmpty() ? Optional.empty() : Optional.of(timers.getFirst());
    }

    void fire(Instant due, Decision decision, Instant at) {
        timers.remove(due);
        carryOut(decision, null, at);
    }

    Instant later(Instant at) {
        return at.isAfter(now) ? at : now;
    }

    @Nullable
    SagaState state() {
        return state;
    }

    /** The order as it was shown last; null before anything was. */
    @Nullable
    OrderState shown() {
        return shown;
    }

    List<Sent> sent() {
        return sent;
    }
}
