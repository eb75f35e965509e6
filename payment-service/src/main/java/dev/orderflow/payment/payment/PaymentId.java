package dev.orderflow.payment.payment;

import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What names the payment of one order: the order's id, and when it was accepted, {@code <order>:<milliseconds in base 36>}.
 * An id that is used again, by an order that nobody can tell from a first one any more, is thereby another payment: here,
 * and at a provider that remembers its idempotency keys for ever.
 */
public final class PaymentId {

    private static final Pattern VALID = Pattern.compile("[^:]+(:[0-9a-z]+)?");

    private PaymentId() {}

    /**
     * What names the payment of an order.
     *
     * @param acceptedAt null where an older version did not tell: then the id of the order alone
     */
    public static String of(String orderId, @Nullable Instant acceptedAt) {
        return acceptedAt == null
                ? orderId
                : orderId + ":" + Long.toString(acceptedAt.toEpochMilli(), Character.MAX_RADIX);
    }

    /** Before all payments of an order whose acceptance is told, in the order of their names, which is that of their times. */
    public static String firstOf(String orderId) {
        return orderId + ":";
    }

    /** Behind all payments of an order. */
    public static String lastOf(String orderId) {
        return orderId + ";";
    }

    /** The id of the order that a payment is of. */
    public static String orderOf(String paymentId) {
        int colon = paymentId.indexOf(':');
        return colon < 0 ? paymentId : paymentId.substring(0, colon);
    }

    static boolean isValid(String text) {
        return VALID.matcher(text).matches();
    }
}
