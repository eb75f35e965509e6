package dev.orderflow.inventory.stock;

/**
 * A product of which an order asks for more than there is.
 *
 * @param requested pieces asked for by all lines of the order together
 * @param available pieces that could have been had
 */
public record Shortfall(String productId, long requested, long available) {}
