package dev.orderflow.loyalty.points;

/** What happened to an order that its customer's points depend on. */
public sealed interface Change {

    /** It was completed, and is worth this many points (0 or more). */
    record Completed(long points) implements Change {
        public Completed {
            if (points < 0) {
                throw new IllegalArgumentException("An order is worth " + points + " points, must be 0 or more");
            }
        }
    }

    /** It was paid back: whatever it earned is taken back. */
    record Refunded() implements Change {}
}
