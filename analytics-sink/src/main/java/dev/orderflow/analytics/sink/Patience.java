package dev.orderflow.analytics.sink;

import dev.orderflow.analytics.batch.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries again until it works: an outage of the database, however long, delays revenue figures and nothing else. */
final class Patience {

    /** Waits; a test does not. */
    interface Rest {
        void take(Duration pause) throws InterruptedException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);

    private final Backoff backoff;
    private final Rest rest;
    private final Clock clock;
    private final SinkStatus status;

    Patience(Backoff backoff, Rest rest, Clock clock, SinkStatus status) {
        this.backoff = backoff;
        this.rest = rest;
        this.clock = clock;
        this.status = status;
    }

    /**
     * Does something until it succeeds.
     *
     * @param what is tried, for people
     * @throws InterruptedException when the thread is interrupted, and only then
     */
    <T> T insist(String what, Callable<T> attempt) throws InterruptedException {
        Instant begin = clock.instant();
        for (int failures = 1; ; failures++) {
            try {
                T result = attempt.call();
                if (failures > 1) {
                    LOG.info("Could {} after {} failures", what, failures - 1);
                    status.working();
                }
                return result;
            } catch (InterruptedException interrupted) {
                throw interrupted;
            } catch (Exception failure) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted while trying to " + what);
                }
                status.failing("cannot " + what + " since " + begin + ": " + failure.getMessage());
                // An outage of hours must not fill the log: 1st, 2nd, 4th, 8th ... failure.
                if (Integer.bitCount(failures) == 1) {
                    LOG.warn("Cannot {} ({} tries); trying again: {}", what, failures, failure.getMessage());
                }
                rest.take(backoff.after(failures));
            }
        }
    }
}
