package dev.orderflow.payment;

import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.effect.RetryPolicy;
import dev.orderflow.durable.settings.Settings;
import dev.orderflow.payment.payment.PaymentRules;
import dev.orderflow.payment.provider.HttpOrigin;
import dev.orderflow.schemas.Topics;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What payment can be told. Immutable.
 *
 * @param provider which adapter: {@code sandbox} (speaks the plain API, too) or {@code plain}
 * @param origin where its API is
 * @param callsAtOnce to it for each partition of the orders, 1 or more; what is beyond waits its turn
 * @param attemptTimeout of one call to it
 * @param retryFirst pause after the first try without an answer; doubles
 * @param retryCeiling the longest such pause
 * @param idempotencyWindow for so long the provider knows a key; later a charge is looked up before it is sent again
 * @param retention how long the record of a settled payment is kept
 * @param webhookSecret signs the provider's notifications; none are taken without one
 */
public record PaymentSettings(
        String provider,
        HttpOrigin origin,
        int callsAtOnce,
        Duration attemptTimeout,
        Duration retryFirst,
        Duration retryCeiling,
        Duration idempotencyWindow,
        Duration retention,
        Optional<String> webhookSecret) {

    /** What a try may take beyond its time-out: threads that start late, bytes that are still on the wire. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    private static final int MIN_SECRET = 16;
    private static final int MOST_CALLS = 4096;

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
     * Reads {@code payment.provider} (sandbox), {@code payment.url} (required), {@code payment.calls-at-once} (256),
     * {@code payment.attempt-timeout} (10s), {@code payment.retry-first} (500ms), {@code payment.retry-ceiling} (30s),
     * {@code payment.idempotency-window} (24h), {@code payment.retention} (8d, at least what topics keep),
     * {@code payment.webhook-secret} (none).
     */
    public static PaymentSettings from(Settings settings) {
        return new PaymentSettings(
                settings.choice("payment.provider", "sandbox", Set.of("sandbox", "plain")),
                HttpOrigin.parse("payment.url", settings.required("payment.url")),
                (int) settings.number("payment.calls-at-once", 256, 1, MOST_CALLS),
                settings.duration("payment.attempt-timeout", Duration.ofSeconds(10)),
                settings.duration("payment.retry-first", Duration.ofMillis(500)),
                settings.duration("payment.retry-ceiling", Duration.ofSeconds(30)),
                settings.duration("payment.idempotency-window", Duration.ofHours(24)),
                settings.duration("payment.retention", Topics.INPUT_RETENTION.plusDays(1)),
                settings.find("payment.webhook-secret"));
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
                + ", attemptTimeout=" + attemptTimeout + ", retryFirst=" + retryFirst + ", retryCeiling=" + retryCeiling
                + ", idempotencyWindow=" + idempotencyWindow + ", retention=" + retention + ", webhookSecret="
                + (webhookSecret.isPresent() ? "***" : "none") + "]";
    }

    private static void atLeast(String name, Duration value, Duration least) {
        if (value.compareTo(least) < 0) {
            throw new TerminalException("Setting " + name + "=" + value.toMillis() + "ms cannot be used: use at least "
                    + least.toMillis() + "ms.");
        }
    }
}
