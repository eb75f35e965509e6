package dev.orderflow.order.saga;

/** A record that the saga writes. Those without fields say what the order is after the decision. */
public sealed interface Output {

    /** To inventory: a priced order to reserve. */
    record Accepted() implements Output {}

    /** To everybody: stock is held and the card is charged. */
    record Confirmed() implements Output {}

    /** To everybody: dispatched in full. */
    record Completed() implements Output {}

    /** To everybody: ended without a sale, everything undone. */
    record Cancelled() implements Output {}

    /** To everybody: paid back after it was dispatched. */
    record Refunded() implements Output {}

    /** To inventory: give back what is held, and refuse a late reservation. */
    record ReleaseStock(String location, boolean unlessDone) implements Output {}

    /** To inventory: the held pieces are sold. */
    record CommitStock(String location) implements Output {}

    /** To payment: make sure that nothing stays charged. */
    record CancelPayment(boolean unlessDone, String reason) implements Output {}

    /** To payment: pay a captured charge back in full. */
    record RefundPayment(String reason) implements Output {}

    /** To payment: try again at once. */
    record RetryPayment() implements Output {}

    /** To the read side: the whole order. */
    record View() implements Output {}
}
