package dev.orderflow.inventory.stock;

import java.util.List;

/** What is asked of the stock of one order. */
public sealed interface Request {

    /** Hold every line, or nothing. A product may be in several lines. */
    record Reserve(List<Line> lines) implements Request {
        public Reserve {
            lines = List.copyOf(lines);
            if (lines.isEmpty()) {
                throw new IllegalArgumentException("A reservation has no lines");
            }
        }
    }

    /**
     * Give back what is held or sold, and refuse a reservation that comes later.
     *
     * @param unlessDone only say so if the pieces are reserved already
     */
    record Release(boolean unlessDone) implements Request {}

    /** The held pieces are sold. */
    record Commit() implements Request {}
}
