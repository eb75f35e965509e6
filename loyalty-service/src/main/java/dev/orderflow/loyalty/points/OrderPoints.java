package dev.orderflow.loyalty.points;

/** What the ledger knows of one customer's order: each order is counted once and taken back once. */
public sealed interface OrderPoints {

    /** One whole currency unit is one point; what is left over is not worth any. */
    long POINTS_PER_UNIT = 1;

    /** The order was not seen. */
    record None() implements OrderPoints {}

    /** The order was completed and counts. */
    record Earned(long points) implements OrderPoints {}

    /** The refund was read before the completion, which is still to come: topics have no common order. */
    record RefundedFirst() implements OrderPoints {}

    /** The order was completed and refunded: it counts no more. */
    record TakenBack() implements OrderPoints {}

    /**
     * The points that a total is worth.
     *
     * @param total in minor units, 0 or more
     * @param digits of the minor unit by ISO 4217, 0 to 18
     */
    static long worth(long total, int digits) {
        if (total < 0) {
            throw new IllegalArgumentException("Total is " + total + ", must be 0 or more");
        }
        if (digits < 0 || digits > 18) {
            throw new IllegalArgumentException("Currency has " + digits + " digits, must be 0 to 18");
        }
        long minorUnits = 1;
        for (int i = 0; i < digits; i++) {
            minorUnits *= 10;
        }
        return Math.multiplyExact(total / minorUnits, POINTS_PER_UNIT);
    }
}
