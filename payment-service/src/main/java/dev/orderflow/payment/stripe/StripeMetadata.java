package dev.orderflow.payment.stripe;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The metadata that an intent of ours is created with, and by which it is known again.
 *
 * @param orderId empty where none is named
 * @param key of the attempt; empty where none is named
 */
public record StripeMetadata(String orderId, String key) {

    /** Names the attempt. */
    public static final String KEY = "orderflow_key";

    private static final String ORDER = "orderflow_order";

    /** Names the installation by its key prefix; not there where that is empty. */
    private static final String PREFIX = "orderflow_prefix";

    /**
     * What an intent says of itself; empty where it is of another installation.
     *
     * @param entries answers with a value by its name; null where there is none
     * @param prefix of our keys: an intent that names another one is of another installation, one that names none may be
     *     of an earlier version, which did not
     */
    public static Optional<StripeMetadata> ours(Function<String, @Nullable String> entries, String prefix) {
        String installation = entries.apply(PREFIX);
        return installation == null || installation.equals(prefix)
                ? Optional.of(new StripeMetadata(text(entries, ORDER), text(entries, KEY)))
                : Optional.empty();
    }

    /** As an installation with this prefix writes it. */
    public Map<String, String> toMap(String prefix) {
        Map<String, String> entries = new HashMap<>(Map.of(ORDER, orderId, KEY, key));
        if (!prefix.isEmpty()) {
            entries.put(PREFIX, prefix);
        }
        return entries;
    }

    private static String text(Function<String, @Nullable String> entries, String name) {
        String value = entries.apply(name);
        return value == null ? "" : value;
    }
}
