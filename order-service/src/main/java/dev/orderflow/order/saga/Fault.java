package dev.orderflow.order.saga;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with an order, and what to do about it.
 *
 * @param field path of the field, such as {@code items[0].price}
 * @param value what was there, shortened
 * @param message what is wrong and the remedy
 */
public record Fault(String field, String value, String message) {

    private static final int SHOWN = 64;

    /** A fault with the value shortened to what helps to find it. */
    public static Fault of(String field, @Nullable String value, String message) {
        return new Fault(field, value == null ? "null" : Shortened.to(SHOWN, value), message);
    }
}
