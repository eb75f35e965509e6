package dev.orderflow.order.rehearsal;

import java.time.Instant;

/** A decision of the running saga that has left a trace, with its place among the others. */
sealed interface Anchor {

    /** Of the first record that came of it. */
    long sequence();

    /** When it was decided. */
    Instant at();

    /** It handled this record. */
    record Handled(long sequence, Instant at, Input input) implements Anchor {}

    /** It acted by itself: a timer has fired. */
    record Acted(long sequence, Instant at) implements Anchor {}

    /**
     * It has written this, and its reason is not recorded: the view that named it was replaced, or is not written yet.
     *
     * @param first the first of its records
     */
    record Wrote(long sequence, Instant at, Sent first) implements Anchor {}
}
