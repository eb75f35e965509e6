package dev.orderflow.order.http;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a client prefers, by RFC 7240: how long it is ready to wait for the outcome, and whether it wants to hear no more
 * than that. Anything that is not understood is passed over, as the standard asks for.
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
        return valueOf("wait", preferHeaders).flatMap(Preference::seconds);
    }

    /** Whether the outcome is enough ({@code return=minimal}), and the rest of the order not wanted. */
    static boolean isMinimal(List<String> preferHeaders) {
        return valueOf("return", preferHeaders)
                .filter(value -> value.equalsIgnoreCase("minimal"))
                .isPresent();
    }

    /** How {@code Preference-Applied} names them. */
    static String applied(Duration wait, boolean minimal) {
        return "wait=" + wait.toSeconds() + (minimal ? ", return=minimal" : "");
    }

    private static Optional<String> valueOf(String name, List<String> preferHeaders) {
        for (String header : preferHeaders) {
            for (String preference : header.split(",", -1)) {
                String[] named = preference.split(";", 2)[0].split("=", 2);
                if (named.length == 2
                        && named[0].strip().toLowerCase(Locale.ROOT).equals(name)) {
                    return Optional.of(named[1].strip().replace("\"", ""));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Duration> seconds(String value) {
        if (value.isEmpty() || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        long seconds = value.length() > DIGITS ? LONGEST.toSeconds() : Long.parseLong(value);
        return seconds == 0
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(Math.min(seconds, LONGEST.toSeconds())));
    }
}
