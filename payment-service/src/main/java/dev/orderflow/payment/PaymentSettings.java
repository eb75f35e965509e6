package dev.orderflow.payment;

import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.effect.RetryPolicy;
import dev.orderflow.durable.settings.Settings;
import dev.orderflow.payment.payment.PaymentRules;
import dev.orderflow.payment.provider.HttpOrigin;
import dev.orderflow.payment.provider.StripeAccount;
import dev.orderflow.schemas.Topics;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What payment can be told. Immutable.
 *
 * @param provider which adapter: {@code sandbox} (speaks the plain API, too), {@code plain} or {@code stripe}
 * @param origin where its API is
 * @param callsAtOnce to it of all instances together, 1 or more; what is beyond waits its turn
 * @param rate the most calls a second of all instances together; 0 for no limit
 * @param attemptTimeout of one call to it
 * @param retryFirst pause after the first try without an answer; doubles
 * @param retryCeiling the longest such pause
 * @param idempotencyWindow for so long the provider knows a key; later a charge is looked up before it is sent again
 * @param retention how long the record of a settled payment is kept
 * @param stripe how Stripe is reached, where that is the provider
 * @param webhookSecret signs the provider's notifications; none are taken without one
 */
public record PaymentSettings(
        String provider,
        HttpOrigin origin,
        int callsAtOnce,
        int rate,
        Duration attemptTimeout,
        Duration retryFirst,
        Duration retryCeiling,
        Duration idempotencyWindow,
        Duration retention,
        Optional<StripeAccount> stripe,
        Optional<String> webhookSecret) {

    /** What a try may take beyond its time-out: threads that start late, bytes that are still on the wire. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    private static final String STRIPE = "https://api.stripe.com";
    private static final int MIN_SECRET = 16;
    private static final int MOST_CALLS = 100_000;

    public PaymentSettings {
        atLeast("payment.attempt-timeout", attemptTimeout, Duration.ofMillis(1));
        atLeast("payment.retry-first", retryFirst, Duration.ofMillis(1));
        atLeast("payment.retry-ceiling", retryCeiling, retryFirst);
        atLeast("payment.idempotency-window", idempotencyWindow, attemptTimeout);
        atLeast("payment.retention", retention, Topics.INPUT_RETENTION);
        webhookSecret.filter(secret -> secret.length() < MIN_SECRET).ifPresent(_ -> {
            throw new TerminalException("Setting payment.webhook-secret is too short: give it at least " + MIN_SECRET
                    + " characters, and the same to the provider.");
        });
    }

    /**
     * Reads {@code payment.provider} (sandbox), {@code payment.url} (required but for Stripe), {@code payment.calls-at-once} (512),
     * {@code payment.rate} (0: no limit),
     * {@code payment.attempt-timeout} (10s), {@code payment.retry-first} (500ms), {@code payment.retry-ceiling} (30s),
     * {@code payment.idempotency-window} (24h), {@code payment.retention} (8d, at least what topics keep),
     * {@code payment.webhook-secret} (none), and for Stripe {@code payment.api-key} (required), {@code payment.key-prefix}
     * (none) and {@code payment.return-url} (none).
     */
    public static PaymentSettings from(Settings settings) {
        String provider = settings.choice("payment.provider", "sandbox", Set.of("sandbox", "plain", "stripe"));
        boolean isStripe = provider.equals("stripe");
        String url = isStripe ? settings.text("payment.url", STRIPE) : settings.required("payment.url");
        Duration timeout = settings.duration("payment.attempt-timeout", Duration.ofSeconds(10));
        return new PaymentSettings(
                provider,
                HttpOrigin.parse("payment.url", url),
                (int) settings.number("payment.calls-at-once", 512, 1, MOST_CALLS),
                (int) settings.number("payment.rate", 0, 0, MOST_CALLS),
                timeout,
                settings.duration("payment.retry-first", Duration.ofMillis(500)),
                settings.duration("payment.retry-ceiling", Duration.ofSeconds(30)),
                settings.duration("payment.idempotency-window", Duration.ofHours(24)),
                settings.duration("payment.retention", Topics.INPUT_RETENTION.plusDays(1)),
                isStripe ? Optional.of(stripe(settings, url, timeout)) : Optional.empty(),
                settings.find("payment.webhook-secret"));
    }

    private static StripeAccount stripe(Settings settings, String url, Duration timeout) {
        return new StripeAccount(
                url.endsWith("/") ? url.substring(0, url.length() - 1) : url,
                settings.required("payment.api-key"),
                settings.text("payment.key-prefix", ""),
                settings.find("payment.return-url").orElse(null),
                timeout);
    }

    /** How calls to the provider are tried again: until their order's deadline or cancellation ends them. */
    public RetryPolicy retryPolicy() {
        return new RetryPolicy(retryFirst, 2, retryCeiling, 0, attemptTimeout.plus(SLACK.dividedBy(2)), Duration.ZERO);
    }

    /** The rules of payments by these settings. */
    public PaymentRules rules() {
        return PaymentRules.of(attemptTimeout.plus(SLACK), retention);
    }

    @Override
    public String toString() {
        return "PaymentSettings[provider=" + provider + ", origin=" + origin + ", callsAtOnce=" + callsAtOnce
                + ", rate=" + rate
                + ", attemptTimeout=" + attemptTimeout + ", retryFirst=" + retryFirst + ", retryCeiling=" + retryCeiling
                + ", idempotencyWindow=" + idempotencyWindow + ", retention=" + retention + ", stripe=" + stripe
                + ", webhookSecret="
                + (webhookSecret.isPresent() ? "***" : "none") + "]";
    }

    private static void atLeast(String name, Duration value, Duration least) {
        if (value.compareTo(least) < 0) {
            throw new TerminalException("Setting " + name + "=" + value.toMillis() + "ms cannot be used: use at least "
                    + least.toMillis() + "ms.");
        }
    }
}
