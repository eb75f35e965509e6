package dev.orderflow.inventory.stock;

import java.util.Map;

/** What stock does about one request. */
public sealed interface Decision {

    /**
     * The order's reservation changes, and so do these products.
     *
     * @param levels the new level of each product that moved; empty when none did
     */
    record Changed(Reservation next, Map<String, StockLevel> levels, Fact fact) implements Decision {
        public Changed {
            levels = Map.copyOf(levels);
        }
    }

    /** It was done before: nothing changes, the same fact is said again. */
    record Repeated(Fact fact) implements Decision {}

    /** There is nothing to do and nothing to say. */
    record Nothing() implements Decision {}

    /** It cannot be done in any order of arrival, for this reason: somebody has to look at it. */
    record Refused(String reason) implements Decision {}
}
