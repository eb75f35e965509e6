package dev.orderflow.analytics.batch;

import java.time.Duration;

/**
 * Pauses between tries that grow up to a ceiling and never end.
 *
 * @param first before the second try
 * @param ceiling the longest
 */
public record Backoff(Duration first, Duration ceiling) {

    private static final int DOUBLINGS = 30;

    public Backoff {
        if (!first.isPositive() || ceiling.compareTo(first) < 0) {
            throw new IllegalArgumentException("Pauses grow from something positive: " + first + " to " + ceiling);
        }
    }

    /** The pause after so many failures in a row; each is twice the one before it. */
    public Duration after(int failures) {
        long factor = 1L << Math.clamp(failures - 1L, 0, DOUBLINGS);
        Duration pause = first.multipliedBy(factor);
        return pause.compareTo(ceiling) > 0 ? ceiling : pause;
    }
}
