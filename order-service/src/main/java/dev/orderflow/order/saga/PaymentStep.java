package dev.orderflow.order.saga;

/** What is known of an order's payment. */
public enum PaymentStep {
    REQUESTED,
    PENDING,
    HELD,
    CHARGED,
    DECLINED,
    CANCELLING,
    VOIDED,
    REFUNDED;

    /** Whether nothing is charged, as far as the provider knows. */
    boolean undone() {
        return switch (this) {
            case VOIDED, REFUNDED -> true;
            case REQUESTED, PENDING, HELD, CHARGED, DECLINED, CANCELLING -> false;
        };
    }

    /** Whether payment has taken the undo on itself, so that it need not be asked again. */
    boolean undoAcknowledged() {
        return this == CANCELLING || undone();
    }
}
