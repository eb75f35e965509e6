package dev.orderflow.order.saga;

/**
 * A line that stock cannot cover.
 *
 * @param requested pieces asked for
 * @param available pieces that could have been had
 */
public record Shortage(String productId, long requested, long available) {}
