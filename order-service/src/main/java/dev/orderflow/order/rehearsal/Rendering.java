package dev.orderflow.order.rehearsal;

import dev.orderflow.order.saga.Decision;
import dev.orderflow.order.saga.Evidence;
import dev.orderflow.order.saga.OrderState;
import java.time.Instant;
import java.util.List;

/** What the service makes of a decision: the same that it would write to its topics. Thread-safe. */
public interface Rendering {

    /** The records that a decision leads to, without the views and without dead letters. */
    List<Sent> of(Decision decision, Instant now);

    /**
     * The dead letter of a record.
     *
     * @param reason what is wrong, as the saga says it
     */
    Sent deadLetter(String orderId, Evidence place, String reason, Instant now);

    /** The dead letter of a record that says what is wrong by itself, without the order before it. */
    Sent refused(Evidence place, String reason, Instant now);

    /** A closed order as it comes back in a request: it has been shown as a view, and was read from it. */
    OrderState asSeen(OrderState closed);
}
