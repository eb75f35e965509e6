package dev.orderflow.durable.effect;

import java.time.Duration;
import java.time.Instant;

/**
 * How an effect is tried again.
 *
 * @param firstDelay pause after the first failed try
 * @param factor by which each further pause grows, 1 or more
 * @param maxDelay the longest pause
 * @param maxTries tries in all; 0 for no limit
 * @param attemptTimeout the longest time of one try; it is interrupted then, and counts as failed 5 s later if it has not ended
 * @param giveUpAfter no try begins later than this after the first; zero for no limit
 */
public record RetryPolicy(
        Duration firstDelay,
        double factor,
        Duration maxDelay,
        int maxTries,
        Duration attemptTimeout,
        Duration giveUpAfter) {

    /** 500 ms, doubling up to 30 s, for ever; 10 s for one try. */
    public static final RetryPolicy FOREVER = new RetryPolicy(
            Duration.ofMillis(500), 2, Duration.ofSeconds(30), 0, Duration.ofSeconds(10), Duration.ZERO);

    public RetryPolicy {
        // Not "factor < 1", which lets NaN pass; and whole milliseconds, which are all that the store keeps.
        if (!(factor >= 1)
                || maxTries < 0
                || firstDelay.isNegative()
                || maxDelay.isNegative()
                || giveUpAfter.isNegative()
                || attemptTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("factor >= 1, attemptTimeout >= 1 ms, and nothing negative are needed: "
                    + factor + ", " + attemptTimeout + ", " + maxTries + ", " + firstDelay + ", " + maxDelay + ", "
                    + giveUpAfter);
        }
    }

    /** The pause after so many failed tries (1 or more). */
    public Duration delayAfter(int tries) {
        double millis = firstDelay.toMillis() * Math.pow(factor, tries - 1.0);
        return millis >= maxDelay.toMillis() ? maxDelay : Duration.ofMillis((long) millis);
    }

    /** Whether one more try may begin at {@code next} after {@code tries} of them. */
    public boolean allows(int tries, Instant startedAt, Instant next) {
        boolean countLeft = maxTries == 0 || tries < maxTries;
        boolean timeLeft = giveUpAfter.isZero() || !next.isAfter(startedAt.plus(giveUpAfter));
        return countLeft && timeLeft;
    }
}
