package dev.orderflow.local.chaos;

/** The newest count of a product, and whether any was ever below zero. */
record Shelf(long onHand, long reserved, long committed, boolean wasNegative) {

    static final Shelf EMPTY = new Shelf(0, 0, 0, false);

    long sum() {
        return onHand + reserved + committed;
    }

    Shelf counted(long nowOnHand, long nowReserved, long nowCommitted) {
        boolean negative = nowOnHand < 0 || nowReserved < 0 || nowCommitted < 0;
        return new Shelf(nowOnHand, nowReserved, nowCommitted, wasNegative || negative);
    }
}
