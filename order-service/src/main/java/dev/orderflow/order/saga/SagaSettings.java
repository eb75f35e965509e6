package dev.orderflow.order.saga;

import java.time.Duration;

/**
 * How long the saga waits and how it prices. Immutable; a value out of range is refused with the property's name.
 *
 * @param reserveDeadline how long stock may take to answer, above 0
 * @param paymentDeadline how long a charge may take, above 0
 * @param pendingWindow how long a payment may wait for its customer or behind our own brake, above 0
 * @param dispatchDuration from confirmed to completed; 0 completes an order as soon as it is confirmed
 * @param dedupWindow how long a closed order is remembered, above 0
 * @param undoRepeat after how long an unanswered compensation is sent again, doubling up to an hour; above 0
 * @param taxBasisPoints the tax rate in hundredths of a percent, 0 to 10,000
 * @param currency ISO 4217 code where an order names none
 * @param stockLocation where an order names none
 */
public record SagaSettings(
        Duration reserveDeadline,
        Duration paymentDeadline,
        Duration pendingWindow,
        Duration dispatchDuration,
        Duration dedupWindow,
        Duration undoRepeat,
        int taxBasisPoints,
        String currency,
        String stockLocation) {

    /** What holds where nothing is set. */
    public static final SagaSettings DEFAULTS = new SagaSettings(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofDays(7),
            Duration.ofSeconds(10),
            Duration.ofDays(7),
            Duration.ofMinutes(1),
            800,
            "USD",
            "main");

    public SagaSettings {
        aboveZero("reserve.deadline", reserveDeadline);
        aboveZero("payment.deadline", paymentDeadline);
        aboveZero("payment.pending", pendingWindow);
        aboveZero("dedup.window", dedupWindow);
        aboveZero("undo.repeat", undoRepeat);
        if (dispatchDuration.isNegative()) {
            throw refused("dispatch.duration", dispatchDuration, "give 0s or more");
        }
        if (taxBasisPoints < 0 || taxBasisPoints > Pricing.BASIS_POINTS) {
            throw refused("order.tax-basis-points", taxBasisPoints, "give 0 to 10000, where 800 is 8 %");
        }
        if (Currencies.digits(currency).isEmpty()) {
            throw refused("order.currency", currency, "give an ISO 4217 code such as USD");
        }
        if (!OrderId.isValid(stockLocation)) {
            throw refused("order.location", stockLocation, "give a name that matches " + OrderId.PATTERN);
        }
    }

    private static void aboveZero(String property, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw refused(property, value, "give a duration above 0");
        }
    }

    private static IllegalArgumentException refused(String property, Object value, String remedy) {
        return new IllegalArgumentException(property + " cannot be " + value + ": " + remedy);
    }
}
