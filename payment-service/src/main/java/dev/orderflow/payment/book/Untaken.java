package dev.orderflow.payment.book;

/**
 * Looks for the adjustments of a shelf that inventory has not taken yet. It takes them in the order in which they were sent,
 * so these are the newest ones, and as many of them as make up exactly what the shelf lacks. Confined to its book.
 */
final class Untaken {

    private long missing;

    /**
     * @param missing by how many pieces the adjustments exceed the counts; not 0
     */
    Untaken(long missing) {
        this.missing = missing;
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
}
