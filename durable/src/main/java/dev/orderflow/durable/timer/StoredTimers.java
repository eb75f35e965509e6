package dev.orderflow.durable.timer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Timers in a store ordered by due time: the key is the due time in milliseconds, big endian, then kind and id. A scan
 * begins where the last one ended, since walking over the tombstones of all timers ever fired would stall the thread.
 * When nothing is due, asking costs one comparison.
 */
public final class StoredTimers implements Timers {

    /** So many fire at a time; the rest follows in the next round, so that records are not held up. */
    private static final int BATCH = 500;

    private static final byte[] EMPTY = new byte[0];

    private final KeyValueStore<Bytes, byte[]> store;
    private long scannedTo;
    private long nextDue;

    /** @param store a persistent store for nothing else */
    public StoredTimers(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    @Override
    public void schedule(String id, String kind, Instant due) {
        long millis = due.toEpochMilli();
        store.put(key(id, kind, millis), EMPTY);
        nextDue = Math.min(nextDue, millis);
        scannedTo = Math.min(scannedTo, millis);
    }

    @Override
    public void cancel(String id, String kind, Instant due) {
        store.delete(key(id, kind, due.toEpochMilli()));
    }

    /** Whether {@link #fire} would have something to look at. */
    public boolean isDue(Instant now) {
        return now.toEpochMilli() >= nextDue;
    }

    /** When {@link #fire} has something to look at next, in milliseconds since 1970; {@link Long#MAX_VALUE} when never. */
    public long nextDue() {
        return nextDue;
    }

    /**
     * Fires what is due. Each timer is taken out of the store before it is handed over.
     *
     * @return how many fired
     */
    public int fire(Instant now, Consumer<Timer> handler) {
        long millis = now.toEpochMilli();
        if (millis < nextDue) {
            return 0;
        }
        List<Bytes> due = new ArrayList<>();
        nextDue = Long.MAX_VALUE;
        try (KeyValueIterator<Bytes, byte[]> stored = store.range(prefix(scannedTo), null)) {
            while (stored.hasNext()) {
                KeyValue<Bytes, byte[]> entry = stored.next();
                long at = dueOf(entry.key);
                if (at > millis || due.size() == BATCH) {
                    nextDue = at;
                    break;
                }
                due.add(entry.key);
            }
        }
        if (!due.isEmpty()) {
            scannedTo = dueOf(due.getLast());
        }
        int fired = 0;
        for (Bytes key : due) {
            // One that fired before it in this round may have taken it back.
            if (store.delete(key) != null) {
                // May set a timer that is due already, even before the last one of this round: it takes the scan back.
                handler.accept(timer(key));
                fired++;
            }
        }
        return fired;
    }

    private static Bytes prefix(long due) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(due).array());
    }

    private static Bytes key(String id, String kind, long due) {
        byte[] name = (kind + '\0' + id).getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + name.length)
                .putLong(due)
                .put(name)
                .array());
    }

    private static long dueOf(Bytes key) {
        return ByteBuffer.wrap(key.get()).getLong();
    }

    private static Timer timer(Bytes key) {
        byte[] bytes = key.get();
        String name = new String(bytes, Long.BYTES, bytes.length - Long.BYTES, StandardCharsets.UTF_8);
        int separator = name.indexOf('\0');
        return new Timer(name.substring(separator + 1), name.substring(0, separator), Instant.ofEpochMilli(dueOf(key)));
    }
}
