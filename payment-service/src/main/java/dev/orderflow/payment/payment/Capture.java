package dev.orderflow.payment.payment;

/**
 * Money that the provider holds for an order.
 *
 * @param attempt which attempt captured it, 1 or more
 * @param chargeId the provider's id of it
 */
public record Capture(int attempt, String chargeId, Amount amount) {}
