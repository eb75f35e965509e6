package dev.orderflow.payment.payment;

/**
 * What to charge, and whom.
 *
 * @param userId the shop's id of the customer
 * @param paymentMethodId the provider's token of the card or account
 */
public record Bill(String userId, String paymentMethodId, Amount amount) {}
