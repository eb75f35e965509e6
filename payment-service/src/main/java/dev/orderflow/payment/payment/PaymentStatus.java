package dev.orderflow.payment.payment;

/** Where the payment of an order is. */
public enum PaymentStatus {
    /** The charge is on its way; nothing has failed yet. */
    REQUESTED,
    /** A try of the charge ended without an answer: it may be captured, and is asked again with the same key. */
    UNKNOWN,
    /** Waits for the customer or a person at the provider. */
    PENDING,
    /** Captured. */
    CHARGED,
    /** The provider refused. */
    DECLINED,
    /** Nothing will stay charged; what the provider did is being found out. */
    CANCELLING,
    /** Known at the provider: nothing is charged. A late reservation charges nothing. */
    VOIDED,
    /** What was captured is being paid back. */
    REFUNDING,
    /** Known at the provider: everything captured was paid back. */
    REFUNDED;

    /** Whether nothing more happens by itself, so that the record may be dropped in time. */
    public boolean isSettled() {
        return switch (this) {
            case CHARGED, DECLINED, VOIDED, REFUNDED -> true;
            case REQUESTED, UNKNOWN, PENDING, CANCELLING, REFUNDING -> false;
        };
    }
}
