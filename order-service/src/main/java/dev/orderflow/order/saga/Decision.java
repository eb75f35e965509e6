package dev.orderflow.order.saga;

import java.util.List;

/** What follows from one message. */
public sealed interface Decision {

    /**
     * The order changes.
     *
     * @param order all of it, after the message
     * @param next what to keep: the same, or a few words once it is closed
     * @param outputs what to write, in this order; the first has {@code firstSequence}, each next one more
     * @param firstSequence sequence of the first output
     * @param timers what to do to its timers
     */
    record Changed(OrderState order, SagaState next, List<Output> outputs, long firstSequence, List<TimerChange> timers)
            implements Decision {
        public Changed {
            outputs = List.copyOf(outputs);
            timers = List.copyOf(timers);
        }
    }

    /**
     * What was asked for breaks the rules: it is written to everybody as cancelled, then to the read side.
     *
     * @param order for people; its sequence is that of the view, one more than that of the cancellation
     * @param next what to keep, so that the sequence goes on when a corrected order comes under this id
     */
    record Rejected(RejectedOrder order, ClosedOrder next) implements Decision {}

    /**
     * A fact about a closed order breaks an invariant, and is corrected.
     *
     * @param next what to keep; the command has its sequence
     * @param detail for people
     */
    record Corrected(ClosedOrder next, Output command, String detail) implements Decision {}

    /** Nothing new: a duplicate, or a timer that was set for an earlier state. */
    record Unchanged() implements Decision {}

    /**
     * The message cannot be applied to anything, and somebody has to look at it.
     *
     * @param reason what is wrong and what to do, where "it" is the order
     */
    record Unusable(String reason) implements Decision {}
}
