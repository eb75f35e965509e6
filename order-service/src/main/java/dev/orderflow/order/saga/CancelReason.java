package dev.orderflow.order.saga;

/** Why an order ended without a sale. */
public enum CancelReason {
    OUT_OF_STOCK,
    PAYMENT_DECLINED,
    TIMEOUT,
    REQUESTED
}
