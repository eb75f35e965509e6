package dev.orderflow.order.saga;

import java.util.List;

/** What inventory says of an order. */
public sealed interface StockFact {

    /** Every line is held. */
    record Reserved() implements StockFact {}

    /** Nothing is held: these lines are short. */
    record Rejected(List<Shortage> shortages) implements StockFact {
        public Rejected {
            shortages = List.copyOf(shortages);
        }
    }

    /** Nothing is held any more, and a late reservation will be refused. */
    record Released(boolean wasReserved) implements StockFact {}

    /** The pieces are sold. */
    record Committed() implements StockFact {}
}
