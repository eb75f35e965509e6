package dev.orderflow.loyalty.points;

/**
 * A line of a customer's ledger.
 *
 * @param points positive when earned, negative when taken back
 * @param balance after this line
 */
public record Entry(Kind kind, long points, long balance) {

    /** Why points moved. */
    public enum Kind {
        EARNED,
        TAKEN_BACK
    }
}
