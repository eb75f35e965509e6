package dev.orderflow.order.saga;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The life of one order, message by message. */
final class Life {

    static final Output VIEW = new Output.View();

    private final OrderSaga saga;
    private final TreeSet<Instant> timers = new TreeSet<>();
    private Instant now = Orders.PLACED_AT;
    private SagaState state;
    private OrderState shown;

    Life() {
        this(SagaSettings.DEFAULTS);
    }

    Life(SagaSettings settings) {
        saga = new OrderSaga(settings);
    }

    static Life of(SagaMessage... messages) {
        return new Life().then(messages);
    }

    /** More happens. */
    Life then(SagaMessage... messages) {
        for (SagaMessage message : messages) {
            on(message);
        }
        return this;
    }

    /** What the saga decides about one more message; it is carried out. */
    Decision on(SagaMessage message) {
        Decision decision = saga.decide(state, message, now);
        switch (decision) {
            case Decision.Changed changed -> {
                state = changed.next();
                shown = changed.order();
                for (TimerChange change : changed.timers()) {
                    switch (change) {
                        case TimerChange.Set(Instant due) -> timers.add(due);
                        case TimerChange.Cancel(Instant due) -> timers.remove(due);
                    }
                }
            }
            case Decision.Rejected rejected -> state = rejected.next();
            case Decision.Corrected corrected -> state = corrected.next();
            case Decision.Unchanged _, Decision.Unusable _ -> {}
        }
        return decision;
    }

    /** What the saga writes about one more message, but for the view. */
    List<Output> sends(SagaMessage message) {
        return sent(on(message));
    }

    /** Time passes and timers fire; what the saga writes meanwhile, but for the views. */
    List<Output> sendsAfter(Duration time) {
        Instant until = now.plus(time);
        List<Output> sent = new ArrayList<>();
        while (!timers.isEmpty() && !timers.getFirst().isAfter(until)) {
            now = timers.pollFirst();
            sent.addAll(sends(new SagaMessage.TimerFired(now)));
        }
        now = until;
        return sent;
    }

    /** Waits until the deadline has passed; what the saga decides then. A timer that was left early is set again. */
    Decision afterDeadline() {
        while (!timers.isEmpty()) {
            now = timers.pollFirst();
            Decision decision = on(new SagaMessage.TimerFired(now));
            if (!(decision instanceof Decision.Changed changed)
                    || !changed.outputs().isEmpty()) {
                return decision;
            }
        }
        return new Decision.Unchanged();
    }

    Life wait(Duration time) {
        sendsAfter(time);
        return this;
    }

    Status status() {
        return state.status();
    }

    SagaState state() {
        return state;
    }

    /** The newest view. */
    OrderState shown() {
        return shown;
    }

    Instant now() {
        return now;
    }

    List<Step> steps() {
        return shown.timeline().stream().map(TimelineEntry::step).toList();
    }

    static List<Output> sent(Decision decision) {
        return switch (decision) {
            case Decision.Changed changed ->
                changed.outputs().stream()
                        .filter(output -> !output.equals(VIEW))
                        .toList();
            case Decision.Corrected corrected -> List.of(corrected.command());
            case Decision.Rejected _ -> List.of(new Output.Cancelled());
            case Decision.Unchanged _, Decision.Unusable _ -> List.of();
        };
    }
}
