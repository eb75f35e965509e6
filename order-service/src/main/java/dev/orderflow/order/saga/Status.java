package dev.orderflow.order.saga;

/** Where an order is. */
public enum Status {
    /** Waits for its stock. */
    RESERVING,
    /** Its stock is held; waits for its payment. */
    CHARGING,
    /** A deadline has passed; the participant is asked to say whether it was done in time. */
    EXPIRING,
    /** What may have been done is being undone, until it is known to be undone. */
    CANCELLING,
    /** Stock is held and the card is charged; dispatch is on its way. */
    CONFIRMED,
    /** Dispatched in full. */
    COMPLETED,
    /** Dispatched, and being paid back. */
    REFUNDING,
    /** Dispatched, and paid back. */
    REFUNDED,
    /** Ended without a sale, everything undone. */
    CANCELLED,
    /** Never was an order: its content breaks the rules. The id stays free. */
    REJECTED;

    /** Whether nothing more happens by itself. */
    public boolean closed() {
        return switch (this) {
            case RESERVING, CHARGING, EXPIRING, CANCELLING, CONFIRMED, REFUNDING -> false;
            case COMPLETED, REFUNDED, CANCELLED, REJECTED -> true;
        };
    }
}
