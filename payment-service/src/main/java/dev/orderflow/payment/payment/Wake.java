package dev.orderflow.payment.payment;

/** What a timer is for. */
public enum Wake {
    /** Ask the provider what became of the attempts. */
    LOOK,
    /** Drop the record. */
    CLOSE
}
