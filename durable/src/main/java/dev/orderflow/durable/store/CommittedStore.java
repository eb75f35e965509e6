package dev.orderflow.durable.store;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.processor.BatchingStateRestoreCallback;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A store with a changelog whose table on disk holds what is committed, and nothing else: what a transaction writes is kept
 * in memory until it is committed, and then goes to the disk in one write with the offset of its last record in the
 * changelog. After a kill it is restored from there on. One thread writes; any number may read, and reads what is not
 * committed yet, too.
 *
 * <p>It does not know position bounds of queries, nor prefix and reverse scans.
 */
final class CommittedStore implements KeyValueStore<Bytes, byte[]>, TransactionParticipant {

    private static final Duration BETWEEN_SIGNS_OF_LIFE = Duration.ofMinutes(1);

    private final String name;
    private final Supplier<@Nullable Transactions> transactionsOfThread;
    private final InstantSource clock;
    private final Position position = Position.emptyPosition();
    private volatile ConcurrentNavigableMap<Bytes, Optional<byte[]>> uncommitted = new ConcurrentSkipListMap<>();
    private volatile @Nullable RowFile file;
    private volatile @Nullable TopicPartition changelog;
    private @Nullable Transactions transactions;
    private boolean running;
    private volatile boolean lost;

    /** @param transactionsOfThread those of the calling thread; null where it has none */
    CommittedStore(String name, Supplier<@Nullable Transactions> transactionsOfThread, InstantSource clock) {
        this.name = name;
        this.transactionsOfThread = transactionsOfThread;
        this.clock = clock;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        Path taskDirectory = context.stateDir().toPath();
        // What an earlier version kept here may hold what was never committed.
        RocksDirectory.remove(taskDirectory.resolve("rocksdb").resolve(name));
        uncommitted = new ConcurrentSkipListMap<>();
        running = false;
        lost = false;
        file = RowFile.open(taskDirectory.resolve("tables").resolve(name), clock.instant());
        transactions = transactionsOfThread.get();
        if (transactions != null) {
            transactions.join(context.taskId(), this);
        }
        context.register(root, (BatchingStateRestoreCallback) rows -> file().restore(sink -> {
            for (KeyValue<byte[], byte[]> row : rows) {
                sink.put(Bytes.wrap(row.key), row.value);
            }
        }));
    }

    @Override
    public void put(Bytes key, byte @Nullable [] value) {
        Objects.requireNonNull(key, "key is null");
        file();
        uncommitted.put(key, Optional.ofNullable(value));
    }

    @Override
    public byte @Nullable [] putIfAbsent(Bytes key, byte @Nullable [] value) {
        byte[] before = get(key);
        if (before == null) {
            put(key, value);
        }
        return before;
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> rows) {
        rows.forEach(row -> put(row.key, row.value));
    }

    @Override
    public byte @Nullable [] delete(Bytes key) {
        byte[] before = get(key);
        put(key, null);
        return before;
    }

    @Override
    @SuppressWarnings("OptionalAssignedToNull")
    public byte @Nullable [] get(Bytes key) {
        Objects.requireNonNull(key, "key is null");
        RowFile rows = file();
        Optional<byte[]> own = uncommitted.get(key);
        return own == null ? rows.get(key) : own.orElse(null);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(@Nullable Bytes from, @Nullable Bytes to) {
        RowFile rows = file();
        // In this order: what is committed in between is then seen twice, and not missed.
        ConcurrentNavigableMap<Bytes, Optional<byte[]>> own = between(uncommitted, from, to);
        return new MergedRows(rows.rows(from, to), own.entrySet().iterator());
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        return range(null, null);
    }

    @Override
    public long approximateNumEntries() {
        return file().estimatedRows() + uncommitted.size();
    }

    private static ConcurrentNavigableMap<Bytes, Optional<byte[]>> between(
            ConcurrentNavigableMap<Bytes, Optional<byte[]>> rows, @Nullable Bytes from, @Nullable Bytes to) {
        if (from != null && to != null) {
            return from.compareTo(to) > 0 ? new ConcurrentSkipListMap<>() : rows.subMap(from, true, to, true);
        }
        if (from != null) {
            return rows.tailMap(from, true);
        }
        return to == null ? rows : rows.headMap(to, true);
    }

    @Override
    public void committed(Map<TopicPartition, Long> acknowledged) {
        RowFile rows = file();
        Standing before = rows.standing();
        long now = clock.millis();
        boolean sign = running && now - before.aliveAt() >= BETWEEN_SIGNS_OF_LIFE.toMillis();
        if (!uncommitted.isEmpty() || sign) {
            Long offset = changelog == null ? null : acknowledged.get(changelog);
            Standing after = offset == null ? before : before.at(offset);
            keep(rows, sign ? after.aliveAgain(now) : after);
        }
    }

    @Override
    public void aborted() {
        uncommitted = new ConcurrentSkipListMap<>();
    }

    /** The rows may be committed, and are here no more: nobody may go on with this table. */
    @Override
    public void lost() {
        uncommitted = new ConcurrentSkipListMap<>();
        file().distrust();
        lost = true;
    }

    @Override
    public void running(boolean runs) {
        running = runs;
    }

    /**
     * Kafka Streams says what the table holds by now: while it is restored, and when it was committed. What a transaction of
     * the thread has under way is none of that.
     */
    @Override
    public void commit(Map<TopicPartition, Long> offsets) {
        if (lost) {
            return;
        }
        RowFile rows = file();
        if (offsets.isEmpty()) {
            running = false;
            rows.distrust();
            return;
        }
        if (transactions != null && !uncommitted.isEmpty()) {
            return;
        }
        Standing before = rows.standing();
        long offset = changelog == null ? Standing.UNKNOWN : offsets.getOrDefault(changelog, Standing.UNKNOWN);
        Standing after = offset == Standing.UNKNOWN ? before : before.at(offset);
        if (!uncommitted.isEmpty() || !after.equals(before)) {
            keep(rows, after);
        }
    }

    /** First on the disk and then out of memory, so that no reader misses anything. */
    private void keep(RowFile rows, Standing after) {
        rows.write(uncommitted, after);
        if (!uncommitted.isEmpty()) {
            uncommitted = new ConcurrentSkipListMap<>();
        }
    }

    @Override
    public Long committedOffset(TopicPartition partition) {
        changelog = partition;
        return file().standing().offset();
    }

    @Override
    @SuppressWarnings("deprecation")
    public boolean managesOffsets() {
        return true;
    }

    @Override
    public boolean persistent() {
        return true;
    }

    @Override
    public boolean isOpen() {
        return file != null;
    }

    @Override
    public Position getPosition() {
        return position;
    }

    @Override
    public void close() {
        if (transactions != null) {
            transactions.leave(this);
            transactions = null;
        }
        RowFile open = file;
        if (open != null) {
            file = null;
            open.close();
        }
        uncommitted = new ConcurrentSkipListMap<>();
    }

    private RowFile file() {
        RowFile open = file;
        if (open == null) {
            throw new InvalidStateStoreException("Store " + name + " is closed");
        }
        if (lost) {
            throw new ProcessorStateException("Whether the last transaction of store " + name
                    + " was committed is not known: it is restored from its changelog");
        }
        return open;
    }
}
