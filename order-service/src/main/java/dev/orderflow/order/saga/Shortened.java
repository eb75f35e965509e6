package dev.orderflow.order.saga;

import org.jspecify.annotations.Nullable;

/** Keeps what others have written from growing into every record about an order. */
public final class Shortened {

    /** The most characters of a text for people. */
    static final int DETAIL = 300;

    private Shortened() {}

    /** The text, or as much of its beginning as fits into {@code most} characters with dots behind it. */
    public static String to(int most, String text) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "...";
    }

    /** A text for people, if there is one. */
    static @Nullable String detail(@Nullable String text) {
        return text == null ? null : to(DETAIL, text);
    }
}
