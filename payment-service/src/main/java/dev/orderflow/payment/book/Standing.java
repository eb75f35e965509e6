package dev.orderflow.payment.book;

/** Where a charge is at its provider. */
public enum Standing {
    /** Not decided yet. */
    PENDING,
    /** The provider has the customer's money. */
    CAPTURED,
    /** It was captured, and paid back. */
    REFUNDED,
    /** Nothing was captured. */
    DECLINED
}
