package dev.orderflow.order.http;

import java.time.Duration;
import java.time.Instant;

/** How far a dispatch has come. It is computed from its beginning and its end, not counted. */
final class DispatchProgress {

    /** A dispatch has so many steps of the same length. */
    static final int STEPS = 10;

    private DispatchProgress() {}

    /** Steps done, 0 to {@link #STEPS}. */
    static int at(Instant now, Instant begin, Instant end) {
        long whole = Duration.between(begin, end).toMillis();
        if (whole <= 0 || !now.isBefore(end)) {
            return STEPS;
        }
        long done = Math.max(0, Duration.between(begin, now).toMillis());
        return (int) (STEPS * done / whole);
    }
}
