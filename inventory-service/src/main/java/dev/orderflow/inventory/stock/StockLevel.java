package dev.orderflow.inventory.stock;

/**
 * The pieces of one product at one location, each counted in exactly one place; their sum changes by adjustments only.
 * Immutable; every count is 0 or more, and a change that would break that throws.
 *
 * @param onHand pieces that the next order can have; does not include what is reserved
 * @param reserved pieces held for orders that are not decided yet
 * @param committed pieces sold
 */
public record StockLevel(long onHand, long reserved, long committed) {

    /** A product that was never adjusted. */
    public static final StockLevel NONE = new StockLevel(0, 0, 0);

    public StockLevel {
        if (onHand < 0 || reserved < 0 || committed < 0) {
            throw new IllegalArgumentException(
                    "Stock below zero: " + onHand + " on hand, " + reserved + " reserved, " + committed + " committed");
        }
        Math.addExact(Math.addExact(onHand, reserved), committed);
    }

    /** The sum of all adjustments ever applied. */
    public long adjusted() {
        return onHand + reserved + committed;
    }

    /** What the next order can have: that is what is on hand, since reserved pieces are not counted there. */
    public long available() {
        return onHand;
    }

    StockLevel reserve(long quantity) {
        return new StockLevel(onHand - quantity, reserved + quantity, committed);
    }

    StockLevel commit(long quantity) {
        return new StockLevel(onHand, reserved - quantity, committed + quantity);
    }

    StockLevel giveBackReserved(long quantity) {
        return new StockLevel(onHand + quantity, reserved - quantity, committed);
    }

    StockLevel giveBackCommitted(long quantity) {
        return new StockLevel(onHand + quantity, reserved, committed - quantity);
    }

    StockLevel adjust(long delta) {
        return new StockLevel(Math.addExact(onHand, delta), reserved, committed);
    }
}
