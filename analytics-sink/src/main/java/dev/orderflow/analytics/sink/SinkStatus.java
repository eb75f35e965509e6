package dev.orderflow.analytics.sink;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How the sink is doing, for people and for metrics. Safe for use by several threads. */
public final class SinkStatus {

    private final Counter rows;
    private final Counter batches;
    private final Counter deadLetters;
    private final Counter failures;
    private final AtomicLong lag = new AtomicLong();
    private final AtomicLong waitingBytes = new AtomicLong();
    private volatile boolean ready;
    private volatile @Nullable String trouble;

    public SinkStatus(MeterRegistry meters) {
        rows = meters.counter("orderflow.analytics.rows");
        batches = meters.counter("orderflow.analytics.batches");
        deadLetters = meters.counter("orderflow.analytics.dead.letters");
        failures = meters.counter("orderflow.analytics.failures");
        meters.gauge("orderflow.analytics.lag.records", lag);
        meters.gauge("orderflow.analytics.waiting.bytes", waitingBytes);
    }

    /** Whether it has had its tables and all of its partitions since it was started. */
    public boolean isReady() {
        return ready;
    }

    /** Where it is, in a few words. */
    public String text() {
        String current = trouble;
        if (current != null) {
            return current;
        }
        return ready ? "stored all but " + lag.get() + " records" : "starting";
    }

    void placed() {
        ready = true;
    }

    void stored(int rowCount, int deadLetterCount) {
        rows.increment(rowCount);
        deadLetters.increment(deadLetterCount);
        batches.increment();
    }

    void failing(String what) {
        failures.increment();
        trouble = what;
    }

    void working() {
        trouble = null;
    }

    void backlog(long records, long bytes) {
        lag.set(records);
        waitingBytes.set(bytes);
    }
}
