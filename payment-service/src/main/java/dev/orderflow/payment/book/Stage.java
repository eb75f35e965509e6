package dev.orderflow.payment.book;

/** Where an order is, by the topics. */
public enum Stage {
    /** None of its facts was read since its row was opened. */
    UNKNOWN,
    ACCEPTED,
    CONFIRMED,
    COMPLETED,
    CANCELLED,
    REFUNDED;

    /** Whether nothing more happens to its money by itself. */
    boolean isFinal() {
        return switch (this) {
            case UNKNOWN, ACCEPTED, CONFIRMED -> false;
            case COMPLETED, CANCELLED, REFUNDED -> true;
        };
    }
}
