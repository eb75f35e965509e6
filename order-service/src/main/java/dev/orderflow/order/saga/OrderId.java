package dev.orderflow.order.saga;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The rule for names that become keys of records, parts of URLs and of idempotency keys: order ids and stock locations.
 */
public final class OrderId {

    /** What an order id and a stock location look like. */
    public static final String PATTERN = "[A-Za-z0-9._-]{1,64}";

    /** The longest name, in characters. */
    public static final int MAX_LENGTH = 64;

    private OrderId() {}

    /** Whether {@code name} matches {@link #PATTERN}. */
    public static boolean isValid(String name) {
        int length = name.length();
        if (length == 0 || length > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (!allowed(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * The order id that stands for an idempotency key. The same key from another caller is another order.
     *
     * @param caller who sends the request, such as the user id of the order
     * @param idempotencyKey the value of the header, as it came
     */
    public static String derive(String caller, String idempotencyKey) {
        MessageDigest digest = OrderContent.sha256();
        byte[] who = caller.getBytes(StandardCharsets.UTF_8);
        // The length keeps ("ab", "c") apart from ("a", "bc").
        digest.update(Integer.toString(who.length).getBytes(StandardCharsets.UTF_8));
        digest.update((byte) ':');
        digest.update(who);
        byte[] hash = digest.digest(idempotencyKey.getBytes(StandardCharsets.UTF_8));
        return "k-" + HexFormat.of().formatHex(hash, 0, 16);
    }

    private static boolean allowed(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == '-';
    }
}
