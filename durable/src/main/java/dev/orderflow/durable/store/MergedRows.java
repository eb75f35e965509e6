package dev.orderflow.durable.store;

import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/** Committed rows under those that are not committed yet, by key. For one thread at a time. */
final class MergedRows implements KeyValueIterator<Bytes, byte[]> {

    private final RowCursor committed;
    private final Iterator<Map.Entry<Bytes, Optional<byte[]>>> uncommitted;
    private Map.@Nullable Entry<Bytes, Optional<byte[]>> above;
    private @Nullable KeyValue<Bytes, byte[]> next;
    private boolean closed;

    /** @param uncommitted by key; what is empty is deleted */
    MergedRows(RowCursor committed, Iterator<Map.Entry<Bytes, Optional<byte[]>>> uncommitted) {
        this.committed = committed;
        this.uncommitted = uncommitted;
        this.above = pull();
        advance();
    }

    @Override
    public boolean hasNext() {
        if (closed) {
            throw new InvalidStateStoreException("The iterator is closed");
        }
        return next != null;
    }

    @Override
    public KeyValue<Bytes, byte[]> next() {
        KeyValue<Bytes, byte[]> row = peek();
        advance();
        return row;
    }

    @Override
    public Bytes peekNextKey() {
        return peek().key;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            committed.close();
        }
    }

    private KeyValue<Bytes, byte[]> peek() {
        KeyValue<Bytes, byte[]> row = next;
        if (!hasNext() || row == null) {
            throw new NoSuchElementException("There are no more rows");
        }
        return row;
    }

    private void advance() {
        next = null;
        while (next == null) {
            Bytes below = committed.key();
            Map.Entry<Bytes, Optional<byte[]>> over = above;
            if (over == null && below == null) {
                return;
            }
            int order = over == null ? 1 : below == null ? -1 : over.getKey().compareTo(below);
            if (below != null && order > 0) {
                next = KeyValue.pair(below, committed.value());
            } else if (over != null) {
                next = over.getValue()
                        .map(value -> KeyValue.pair(over.getKey(), value))
                        .orElse(null);
                above = pull();
            }
            if (below != null && order >= 0) {
                committed.advance();
            }
        }
    }

    private Map.@Nullable Entry<Bytes, Optional<byte[]>> pull() {
        return uncommitted.hasNext() ? uncommitted.next() : null;
    }
}
