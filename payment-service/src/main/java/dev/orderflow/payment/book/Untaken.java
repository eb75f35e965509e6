package dev.orderflow.payment.book;

import java.time.Instant;

/**
 * Looks for the adjustments of a shelf that inventory has not taken yet. It takes them in the order in which they were sent,
 * so these are the newest ones, and as many of them as make up exactly what the shelf lacks. Confined to its book.
 */
final class Untaken {

    private final Instant since;
    private long missing;

    /**
     * @param missing by how many pieces the adjustments exceed the counts; not 0
     * @param since when they began to
     */
    Untaken(long missing, Instant since) {
        this.missing = missing;
        this.since = since;
    }

    /** The next older adjustment. */
    void older(long delta) {
        if (missing != 0) {
            missing -= delta;
        }
    }

    /** Whether those that were seen are all that is missing, or the last of them. */
    boolean isAll() {
        return missing == 0;
    }

    /** Since when the shelf lacks anything. */
    Instant since() {
        return since;
    }
}
