package dev.orderflow.order.saga;

/** What is known of an order's stock. */
public enum StockStep {
    REQUESTED,
    RESERVED,
    COMMITTED,
    REJECTED,
    RELEASED;

    /** Whether nothing is held, and nothing will be. */
    boolean undone() {
        return switch (this) {
            case REJECTED, RELEASED -> true;
            case REQUESTED, RESERVED, COMMITTED -> false;
        };
    }
}
