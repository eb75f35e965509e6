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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows how old what is stored is, by looking once a second where the order log ends. Safe for use by several threads. */
final class LogClock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogClock.class);
    private static final Duration TICK = Duration.ofSeconds(1);

    private final LogEnds ends;
    private final Clock clock;
    private final LogHistory history = new LogHistory();
    private final Thread ticker;

    LogClock(LogEnds ends, Clock clock) {
        this.ends = ends;
        this.clock = clock;
        this.ticker = Thread.ofVirtual().name("analytics-log-clock").unstarted(this::tick);
    }

    void start() {
        ticker.start();
    }

    /** How long ago everything of these topics that was committed until then was stored; empty while not known. */
    Optional<Duration> age(Map<Partition, Long> stored, Set<String> topics) {
        return history.age(stored, topics, clock.instant());
    }

    @Override
    public void close() {
        ticker.interrupt();
    }

    private void tick() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                // The moment before the question: what is written while it is on its way does not count.
                Instant asked = clock.instant();
                try {
                    history.add(asked, ends.now());
                } catch (RetriableException away) {
                    LOG.debug("Not known where the order log ends", away);
                }
                Thread.sleep(TICK);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }
}
