package dev.orderflow.payment.provider;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How Stripe is reached. Immutable.
 *
 * @param url the base URL of its API
 * @param apiKey a secret or restricted key
 * @param keyPrefix in front of every idempotency key and named by every intent, so that several installations can share
 *     an account
 * @param returnUrl where a customer comes back to who had to approve elsewhere; null when nobody is sent elsewhere
 * @param timeout of one connection and of one answer
 */
public record StripeAccount(
        String url,
        String apiKey,
        String keyPrefix,
        @Nullable String returnUrl,
        Duration timeout) {

    @Override
    public String toString() {
        return "StripeAccount[url=" + url + ", apiKey=***, keyPrefix=" + keyPrefix + ", returnUrl=" + returnUrl
                + ", timeout=" + timeout + "]";
    }
}
