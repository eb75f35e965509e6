package dev.orderflow.payment.book;

import java.time.Instant;
import java.util.List;

/**
 * Where the pieces are, at one moment.
 *
 * @param products shelves: a product at a location
 * @param adjusted sum of all adjustments that count
 * @param complete whether the topic still had every adjustment when the audit began; else only each view is compared with
 *     itself
 * @param differing shelves whose counts do not add up; the first of them only
 */
public record StockReport(
        long products,
        long onHand,
        long reserved,
        long committed,
        long adjusted,
        boolean complete,
        List<Shelf> differing) {

    public StockReport {
        differing = List.copyOf(differing);
    }

    /** A shelf whose counts do not add up. */
    public record Shelf(
            String location,
            String productId,
            Instant since,
            String what,
            String remedy,
            long onHand,
            long reserved,
            long committed,
            long adjusted) {}
}
