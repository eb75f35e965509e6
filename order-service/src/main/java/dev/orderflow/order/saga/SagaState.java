package dev.orderflow.order.saga;

/** What the saga keeps of an order: all of it while the order is in flight, and a few words once it is closed. */
public sealed interface SagaState permits OrderState, ClosedOrder {

    /** The order's id. */
    String orderId();

    /** Grows with every record that the saga writes about the order. */
    long sequence();

    /** Where the order is. */
    Status status();

    /** Of what was asked for first under this id. */
    String contentHash();
}
