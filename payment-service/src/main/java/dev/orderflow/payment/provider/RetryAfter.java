package dev.orderflow.payment.provider;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The {@code Retry-After} header: seconds, or a date. */
final class RetryAfter {

    /** Longer than this is taken for a mistake of the other side. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    /** The pause asked for, at most an hour; null when the text asks for none. */
    static @Nullable Duration parse(@Nullable String text, Instant now) {
        if (text == null) {
            return null;
        }
        try {
            Duration pause = Character.isDigit(text.charAt(0))
                    ? Duration.ofSeconds(Long.parseLong(text))
                    : Duration.between(
                            now,
                            ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
            if (pause.isNegative()) {
                return null;
            }
            return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
        } catch (DateTimeException | NumberFormatException | IndexOutOfBoundsException notUnderstood) {
            return null;
        }
    }
}
