package dev.orderflow.payment.payment;

import java.util.OptionalInt;

/**
 * The idempotency keys of an order at its provider: {@code <order>:charge} for the first attempt, {@code
 * <order>:charge:2} for the second; {@code :refund} likewise for what pays it back, and {@code :confirm} where a
 * provider opens a payment first.
 */
public final class AttemptKey {

    private static final String CHARGE = ":charge";
    private static final String CONFIRM = ":confirm";
    private static final String REFUND = ":refund";

    private AttemptKey() {}

    /** The key of the charge of an attempt, 1 or more. */
    public static String charge(String orderId, int attempt) {
        return orderId + CHARGE + suffix(attempt);
    }

    /** The key of the confirmation of an attempt that the provider has opened. */
    public static String confirm(String orderId, int attempt) {
        return orderId + CONFIRM + suffix(attempt);
    }

    /** The key of what pays the charge of an attempt back. */
    public static String refund(String orderId, int attempt) {
        return orderId + REFUND + suffix(attempt);
    }

    /** The attempt that the key of a charge names; empty when it is none of this order. */
    public static OptionalInt attemptOf(String orderId, String key) {
        String first = charge(orderId, 1);
        if (key.equals(first)) {
            return OptionalInt.of(1);
        }
        if (!key.startsWith(first + ":")) {
            return OptionalInt.empty();
        }
        try {
            int attempt = Integer.parseInt(key.substring(first.length() + 1));
            return charge(orderId, attempt).equals(key) ? OptionalInt.of(attempt) : OptionalInt.empty();
        } catch (NumberFormatException notOurs) {
            return OptionalInt.empty();
        }
    }

    private static String suffix(int attempt) {
        if (attempt < 1) {
            throw new IllegalArgumentException("Attempts count from 1: " + attempt);
        }
        return attempt == 1 ? "" : ":" + attempt;
    }
}
