package dev.orderflow.payment.payment;

import java.util.Optional;

/**
 * The idempotency keys of a payment at its provider: {@code <payment>:charge} for the first attempt, {@code
 * <payment>:charge:2} for the second; {@code :refund} likewise for what pays it back, and {@code :confirm} where a
 * provider opens a payment first. What a payment is called: {@link PaymentId}.
 */
public final class AttemptKey {

    private static final String CHARGE = ":charge";
    private static final String CONFIRM = ":confirm";
    private static final String REFUND = ":refund";

    private AttemptKey() {}

    /** What the key of a charge names. */
    public record Named(String paymentId, int attempt) {

        /** The id of the order. */
        public String orderId() {
            return PaymentId.orderOf(paymentId);
        }
    }

    /** The key of the charge of an attempt, 1 or more. */
    public static String charge(String paymentId, int attempt) {
        return paymentId + CHARGE + suffix(attempt);
    }

    /** The key of the confirmation of an attempt that the provider has opened. */
    public static String confirm(String paymentId, int attempt) {
        return paymentId + CONFIRM + suffix(attempt);
    }

    /** The key of what pays the charge of an attempt back. */
    public static String refund(String paymentId, int attempt) {
        return paymentId + REFUND + suffix(attempt);
    }

    /** Reads the key of a charge; empty when it is none of ours. */
    public static Optional<Named> read(String key) {
        int end = key.lastIndexOf(CHARGE);
        if (end < 0 || !PaymentId.isValid(key.substring(0, end))) {
            return Optional.empty();
        }
        String paymentId = key.substring(0, end);
        String number = key.substring(end + CHARGE.length());
        if (number.isEmpty()) {
            return Optional.of(new Named(paymentId, 1));
        }
        try {
            int attempt = Integer.parseInt(number.substring(1));
            return attempt > 1 && charge(paymentId, attempt).equals(key)
                    ? Optional.of(new Named(paymentId, attempt))
                    : Optional.empty();
        } catch (NumberFormatException notOurs) {
            return Optional.empty();
        }
    }

    /** Reads the key of a charge; empty when it is none of this order. */
    public static Optional<Named> read(String orderId, String key) {
        return read(key).filter(named -> named.orderId().equals(orderId));
    }

    private static String suffix(int attempt) {
        if (attempt < 1) {
            throw new IllegalArgumentException("Attempts count from 1: " + attempt);
        }
        return attempt == 1 ? "" : ":" + attempt;
    }
}
