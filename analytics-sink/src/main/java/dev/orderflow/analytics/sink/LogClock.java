package dev.orderflow.analytics.sink;

import dev.orderflow.analytics.batch.LogHistory;
import dev.orderflow.analytics.batch.Partition;
import dev.orderflow.durable.RetriableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows how old what is stored is, by looking once a second where the order log ends. Safe for use by several threads. */
final class LogClock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogClock.class);
    private static final int TICK_SECONDS = 1;

    private final LogEnds ends;
    private final Clock clock;
    private final LogHistory history = new LogHistory();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("analytics-log-clock").factory());

    LogClock(LogEnds ends, Clock clock) {
        this.ends = ends;
        this.clock = clock;
    }

    void start() {
        var _ = ticker.scheduleWithFixedDelay(this::look, 0, TICK_SECONDS, TimeUnit.SECONDS);
    }

    /** How long ago everything of these topics that was committed until then was stored; empty while not known. */
    Optional<Duration> age(Map<Partition, Long> stored, Set<String> topics) {
        return history.age(stored, topics, clock.instant());
    }

    @Override
    public void close() {
        ticker.shutdownNow();
    }

    private void look() {
        // The moment before the question: what is written while it is on its way does not count.
        Instant asked = clock.instant();
        try {
            history.add(asked, ends.now());
        } catch (RetriableException away) {
            LOG.debug("Not known where the order log ends", away);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            // What is thrown from here would end the ticking for good.
            LOG.warn("Where the order log ends is asked again after: {}", failure.toString());
        }
    }
}
