package dev.orderflow.inventory.stock;

import java.util.List;

/** What is said of an order's stock. An order gets each kind of fact with one content only, however often it is said. */
public sealed interface Fact {

    /** Every line is held. */
    record Reserved() implements Fact {}

    /** Nothing is held: these products are short. */
    record Rejected(List<Shortfall> shortfalls) implements Fact {
        public Rejected {
            shortfalls = List.copyOf(shortfalls);
        }
    }

    /** Nothing is held any more; {@code wasReserved} is false when there was nothing to give back. */
    record Released(boolean wasReserved) implements Fact {}

    /** What was asked for unless it is done is done: every line is held, or sold. */
    record Stands() implements Fact {}

    /** The pieces are sold. */
    record Committed() implements Fact {}
}
