package dev.orderflow.bench.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What became of the orders of one run, and after how long. For use by one thread at a time.
 */
public final class Outcomes {

    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(10);
    private static final int DIGITS = 3;
    private static final int KINDS_OF_FAILURE = 20;

    private final Histogram micros = new Histogram(LONGEST_MICROS, DIGITS);
    private final Map<String, Integer> failures = new TreeMap<>();
    private final long startedAt;
    private long lastAt;
    private int sent;
    private int confirmed;
    private int cancelled;
    private int failed;
    private int notSent;
    private int unfinished;

    /** @param startedAt by {@link System#nanoTime} */
    Outcomes(long startedAt) {
        this.startedAt = startedAt;
        this.lastAt = startedAt;
    }

    void sent() {
        sent++;
    }

    /** An order has its outcome. */
    void done(boolean isConfirmed, long intendedAt, long now) {
        micros.recordValue(Math.min(LONGEST_MICROS, Math.max(0, (now - intendedAt) / 1_000)));
        lastAt = now;
        if (isConfirmed) {
            confirmed++;
        } else {
            cancelled++;
        }
    }

    void failed(String why) {
        failed++;
        if (failures.size() < KINDS_OF_FAILURE || failures.containsKey(why)) {
            failures.merge(why, 1, Integer::sum);
        }
    }

    /** An order of an open loop that was due while too many were under way. */
    void notSent() {
        notSent++;
    }

    void unfinished(int orders) {
        unfinished = orders;
    }

    /** Latencies in microseconds. */
    public Histogram micros() {
        return micros;
    }

    /** From the first order sent to the last outcome. */
    public double seconds() {
        return (lastAt - startedAt) / 1e9;
    }

    /** Orders sent. */
    public int orders() {
        return sent;
    }

    /** Orders with an outcome. */
    public int finished() {
        return confirmed + cancelled;
    }

    /** Orders confirmed. */
    public int confirmed() {
        return confirmed;
    }

    /** Orders cancelled. */
    public int cancelled() {
        return cancelled;
    }

    /** Orders that were refused, or whose connection broke. */
    public int failed() {
        return failed;
    }

    /** Orders that were due while too many were under way. */
    public int skipped() {
        return notSent;
    }

    /** Orders given up at the end of the run. */
    public int unfinished() {
        return unfinished;
    }

    /** What went wrong, and how often. */
    public Map<String, Integer> failures() {
        return Map.copyOf(failures);
    }
}
