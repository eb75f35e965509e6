package dev.orderflow.order.saga;

import org.jspecify.annotations.Nullable;

/**
 * The personal part of an order.
 *
 * @param userId the shop's id of the customer
 * @param paymentMethodId the provider's token of what to charge
 * @param locale BCP 47 tag for mails; null where the shop gave none
 */
public record Customer(
        String userId, String paymentMethodId, @Nullable String locale) {}
