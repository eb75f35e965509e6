package dev.orderflow.inventory.stock;

import java.util.List;

/** What stock knows of one order. */
public sealed interface Reservation {

    /** Nothing is known of the order. */
    record None() implements Reservation {}

    /** The pieces are held; a hold does not expire by itself. Lines are one per product. */
    record Held(List<Line> lines) implements Reservation {
        public Held {
            lines = List.copyOf(lines);
        }
    }

    /** The pieces are sold. Lines are one per product. */
    record Committed(List<Line> lines) implements Reservation {
        public Committed {
            lines = List.copyOf(lines);
        }
    }

    /** Nothing was held because of these shortages; the answer stays the same after a restock. */
    record Rejected(List<Shortfall> shortfalls) implements Reservation {
        public Rejected {
            shortfalls = List.copyOf(shortfalls);
        }
    }

    /**
     * Nothing is held any more, and nothing will be: a reservation that comes late is refused.
     *
     * @param wasReserved whether there was something to give back
     */
    record Released(boolean wasReserved) implements Reservation {}

    /** Whether nothing more is due to happen to the order's stock, so that the record may be forgotten in time. */
    default boolean closed() {
        return switch (this) {
            case None _, Held _ -> false;
            case Committed _, Rejected _, Released _ -> true;
        };
    }
}
