package dev.orderflow.order.saga;

/** What became of an order; does not change when the order is later dispatched. */
public enum Outcome {
    CONFIRMED,
    CANCELLED
}
