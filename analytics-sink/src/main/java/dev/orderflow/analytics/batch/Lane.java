package dev.orderflow.analytics.batch;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was read of one partition and is not cut into a batch yet. Batches follow one another without a hole: each begins
 * where the one before it ended, whatever lies in between. Not safe for use by several threads.
 */
public final class Lane<R> {

    private record Waiting<R>(long offset, int bytes, R value) {}

    private final Partition partition;
    private final BatchLimits limits;
    private final Deque<Waiting<R>> waiting = new ArrayDeque<>();
    private long begin;
    private long position;
    private long bytes;
    private @Nullable Instant since;

    /** @param position the offset of the first record that belongs into a batch */
    public Lane(Partition partition, long position, BatchLimits limits) {
        this.partition = partition;
        this.limits = limits;
        this.begin = position;
        this.position = position;
    }

    /**
     * Takes the next record.
     *
     * @param size bytes of the record
     * @throws IllegalArgumentException if the offset was passed already
     */
    public void add(long offset, int size, R value, Instant now) {
        if (offset < position) {
            throw new IllegalArgumentException(
                    "Offset " + offset + " of " + partition + " comes after " + position + " was reached");
        }
        waiting.add(new Waiting<>(offset, size, value));
        bytes += size;
        position = offset + 1;
        waitSince(now);
    }

    /** Notes that everything before {@code next} was read, so that markers behind the last record count as covered. */
    public void readUpTo(long next, Instant now) {
        if (next > position) {
            position = next;
            waitSince(now);
        }
    }

    /** Records that wait. */
    public int rows() {
        return waiting.size();
    }

    /** Bytes of the records that wait. */
    public long bytes() {
        return bytes;
    }

    /** The offset up to which the partition was read. */
    public long position() {
        return position;
    }

    /** When a batch may be cut although it is not full; empty when there is nothing to cut. */
    public Optional<Instant> due() {
        return Optional.ofNullable(since).map(start -> start.plus(limits.maxWait()));
    }

    /** Whether it is time to cut. */
    public boolean ripe(Instant now) {
        return waiting.size() >= limits.maxRows()
                || bytes >= limits.maxBytes()
                || due().filter(due -> !due.isAfter(now)).isPresent();
    }

    /** Cuts the next batch, as large as the limits allow; empty when nothing was read since the last one. */
    public Optional<Batch<R>> cut() {
        if (begin == position) {
            return Optional.empty();
        }
        List<R> records = new ArrayList<>(Math.min(waiting.size(), limits.maxRows()));
        long size = 0;
        long end = position;
        while (!waiting.isEmpty()) {
            Waiting<R> next = waiting.element();
            boolean full = records.size() == limits.maxRows() || size + next.bytes() > limits.maxBytes();
            if (full && !records.isEmpty()) {
                end = next.offset();
                break;
            }
            waiting.remove();
            records.add(next.value());
            size += next.bytes();
        }
        Batch<R> batch = new Batch<>(new OffsetRange(partition, begin, end - 1), records);
        begin = end;
        bytes -= size;
        if (begin == position) {
            since = null;
        }
        return Optional.of(batch);
    }

    private void waitSince(Instant now) {
        if (since == null) {
            since = now;
        }
    }
}
