package dev.orderflow.inventory.http;

/**
 * One adjustment as a person asks for it, checked.
 *
 * @param delta pieces that came (positive) or went (negative); never 0
 * @param adjustmentId counts once at its location, however often it is sent
 */
record AdjustmentRequest(String location, String productId, long delta, String adjustmentId) {}
