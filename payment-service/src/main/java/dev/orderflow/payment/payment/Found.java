package dev.orderflow.payment.payment;

import org.jspecify.annotations.Nullable;

/**
 * What a provider knows of one attempt.
 *
 * @param chargeId the provider's id of it; null where there is none, as for some declines
 * @param amount what was charged; null where the provider does not tell
 */
public record Found(
        int attempt,
        Standing standing,
        @Nullable String chargeId,
        @Nullable Amount amount) {

    /** How an attempt stands at the provider. */
    public enum Standing {
        CAPTURED,
        REFUNDED,
        DECLINED,
        PENDING
    }
}
