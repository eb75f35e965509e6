package dev.orderflow.order.http;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a client prefers, by RFC 7240: here, how long it is ready to wait for the outcome. Anything that is not understood
 * is passed over, as the standard asks for.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7240">RFC 7240</a>
 */
final class Preference {

    /** Nobody is kept waiting longer. */
    static final Duration LONGEST = Duration.ofSeconds(60);

    private static final int DIGITS = 9;

    private Preference() {}

    /** How long to wait, above zero and at most {@link #LONGEST}; the first one given counts. */
    static Optional<Duration> waitOf(List<String> preferHeaders) {
        for (String header : preferHeaders) {
            for (String preference : header.split(",", -1)) {
                String[] named = preference.split(";", 2)[0].split("=", 2);
                if (named.length == 2
                        && named[0].strip().toLowerCase(Locale.ROOT).equals("wait")) {
                    return seconds(named[1].strip());
                }
            }
        }
        return Optional.empty();
    }

    /** How {@code Preference-Applied} names it. */
    static String applied(Duration wait) {
        return "wait=" + wait.toSeconds();
    }

    private static Optional<Duration> seconds(String value) {
        String digits = value.replace("\"", "");
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        long seconds = digits.length() > DIGITS ? LONGEST.toSeconds() : Long.parseLong(digits);
        return seconds == 0
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(Math.min(seconds, LONGEST.toSeconds())));
    }
}
