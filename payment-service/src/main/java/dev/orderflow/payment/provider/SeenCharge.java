package dev.orderflow.payment.provider;

import dev.orderflow.payment.payment.Amount;
import dev.orderflow.payment.payment.Found;
import org.jspecify.annotations.Nullable;

/**
 * A charge as its provider keeps it.
 *
 * @param key the idempotency key it came with
 * @param chargeId the provider's id of it; null where there is none, as for some declines
 * @param amount null where the provider does not tell
 */
public record SeenCharge(
        String key,
        Found.Standing standing,
        @Nullable String chargeId,
        @Nullable Amount amount) {}
