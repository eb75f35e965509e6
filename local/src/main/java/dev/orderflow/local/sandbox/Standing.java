package dev.orderflow.local.sandbox;

/** What has become of a charge since it was written. */
enum Standing {
    AS_WRITTEN(0),
    REFUNDED(1),
    APPROVED(2),
    REJECTED(3),
    CANCELED(4);

    /** How it stands in the index of the ledger. */
    final long mark;

    Standing(long mark) {
        this.mark = mark;
    }

    static Standing of(long mark) {
        for (Standing standing : values()) {
            if (standing.mark == mark) {
                return standing;
            }
        }
        throw new IllegalArgumentException("No standing is marked " + mark);
    }
}
