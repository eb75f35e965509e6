package dev.orderflow.durable.runtime;

import dev.orderflow.durable.timer.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Takes rows out of a store that are over, once a day at midnight UTC, as long as there are any rows. One timer for the
 * whole store, not one for each row; a few rows at a time, so that no message waits for it; where it has come to is the
 * id of its timer, so that it goes on there after a restart. For use on the stream thread only.
 *
 * @param <V> the rows
 */
public final class Sweep<V extends SpecificRecord> {

    private static final int ROWS_AT_A_TIME = 1_000;

    private final Task task;
    private final String kind;
    private final KeyValueStore<String, V> rows;
    private final BiPredicate<V, Instant> isOver;
    private @Nullable Instant scheduled;

    /**
     * A sweep of one store.
     *
     * @param kind of its timers; no other timer of the task has it
     * @param isOver whether a row may go at this time
     */
    public Sweep(Task task, String kind, KeyValueStore<String, V> rows, BiPredicate<V, Instant> isOver) {
        this.task = task;
        this.kind = kind;
        this.rows = rows;
        this.isOver = isOver;
    }

    /** Sees to it that there is a next sweep: to be called when a row was put that will be over some day. */
    public void schedule() {
        Instant midnight = task.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
        if (!midnight.equals(scheduled)) {
            task.timers().schedule("", kind, midnight);
            scheduled = midnight;
        }
    }

    /** Sweeps on from where the timer says; returns false when it is not a timer of this sweep. */
    public boolean run(Timer timer) {
        if (!timer.kind().equals(kind)) {
            return false;
        }
        Instant now = task.now();
        List<String> over = new ArrayList<>();
        String next = null;
        boolean anyLeft = false;
        try (KeyValueIterator<String, V> stored = rows.range(timer.id(), null)) {
            for (int seen = 0; stored.hasNext(); seen++) {
                KeyValue<String, V> row = stored.next();
                if (seen == ROWS_AT_A_TIME) {
                    next = row.key;
                    break;
                }
                if (isOver.test(row.value, now)) {
                    over.add(row.key);
                } else {
                    anyLeft = true;
                }
            }
        }
        over.forEach(rows::delete);
        if (next != null) {
            task.timers().schedule(next, kind, now);
        }
        if (anyLeft) {
            schedule();
        }
        return true;
    }
}
