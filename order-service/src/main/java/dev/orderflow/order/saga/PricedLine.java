package dev.orderflow.order.saga;

/**
 * One line of a valid order.
 *
 * @param productId what is bought
 * @param quantity pieces, 1 or more
 * @param unitPrice minor units, 0 or more
 * @param lineTotal minor units: quantity times unit price
 */
public record PricedLine(String productId, int quantity, long unitPrice, long lineTotal) {}
