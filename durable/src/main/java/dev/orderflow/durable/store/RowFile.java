package dev.orderflow.durable.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.jspecify.annotations.Nullable;
import org.rocksdb.CompactionStyle;
import org.rocksdb.CompressionType;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of a store on disk, and how far into its changelog they go. Both change in one write, which survives the end of
 * the process. Nothing is forced to the disk: after a loss of power the database has the first of its writes, up to
 * some write and none behind it, and these are an earlier state with its own offset. One thread writes; any number may
 * read.
 */
final class RowFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RowFile.class);

    /** Brokers keep the record of a deletion for a day by default; a table that was away longer may have missed one. */
    private static final Duration LONGEST_ABSENCE = Duration.ofHours(12);

    private static final byte[] STANDING = {'m'};
    private static final byte ROW = 'r';

    private final Path directory;
    private final RocksDB database;
    private final WriteOptions write = new WriteOptions();
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Set<RowCursor> cursors = ConcurrentHashMap.newKeySet();
    private volatile Standing standing;
    private boolean open = true;

    private RowFile(Path directory, RocksDB database, Standing standing) {
        this.directory = directory;
        this.database = database;
        this.standing = standing;
    }

    /**
     * Opens the table, empty where there is none yet, where it was left alone so long that deletions may have been
     * missed, and where the disk has spoiled it.
     *
     * @param directory of this table alone; made when missing
     */
    static RowFile open(Path directory, Instant now) {
        try {
            if (Files.exists(directory)) {
                RowFile there = openUsable(directory, now);
                if (there != null) {
                    return there;
                }
                RocksDirectory.remove(directory);
            }
            RowFile empty =
                    new RowFile(directory, database(directory), new Standing(Standing.UNKNOWN, now.toEpochMilli()));
            empty.write(Map.of(), empty.standing);
            return empty;
        } catch (RocksDBException broken) {
            throw new ProcessorStateException("The table at " + directory + " cannot be opened", broken);
        }
    }

    private static @Nullable RowFile openUsable(Path directory, Instant now) throws RocksDBException {
        RocksDB database = null;
        Standing standing;
        try {
            database = database(directory);
            standing = Standing.of(database.get(STANDING));
        } catch (RocksDBException broken) {
            if (database != null) {
                database.close();
            }
            if (broken.getStatus() == null || broken.getStatus().getCode() != Status.Code.Corruption) {
                throw broken;
            }
            LOG.warn("The table at {} is spoiled and is restored in full: {}", directory, broken.getMessage());
            return null;
        }
        if (standing.aliveAt() >= now.minus(LONGEST_ABSENCE).toEpochMilli()) {
            return new RowFile(directory, database, standing);
        }
        LOG.info(
                "The table at {} is restored in full: it was last whole at {}",
                directory,
                Instant.ofEpochMilli(standing.aliveAt()));
        database.close();
        return null;
    }

    /** Small rows that change often: what is written again least costs least. */
    private static RocksDB database(Path directory) throws RocksDBException {
        try (Options options = SharedRocksMemory.options()) {
            options.setCompactionStyle(CompactionStyle.UNIVERSAL);
            options.setCompressionType(CompressionType.NO_COMPRESSION);
            return RocksDirectory.open(directory, options);
        }
    }

    byte @Nullable [] get(Bytes key) {
        return using(() -> database.get(prefixed(key)));
    }

    /** Rows between two keys, both included; null is before the first and behind the last. To be closed. */
    RowCursor rows(@Nullable Bytes from, @Nullable Bytes to) {
        return using(() -> {
            RowCursor cursor = new RowCursor(this, database.newIterator(), to);
            cursors.add(cursor);
            cursor.begin(from == null ? new byte[] {ROW} : prefixed(from));
            return cursor;
        });
    }

    /** Closes a cursor; harmless where the table was closed first, which closes all of its own. */
    void release(RowCursor cursor) {
        lock.readLock().lock();
        try {
            if (cursors.remove(cursor)) {
                cursor.release();
            }
        } finally {
            lock.readLock().unlock();
        }
    }

    Standing standing() {
        return standing;
    }

    long estimatedRows() {
        return using(() -> database.getLongProperty("rocksdb.estimate-num-keys"));
    }

    /** Changes rows, an empty one is deleted, and where the table stands. */
    void write(Map<Bytes, Optional<byte[]>> rows, Standing after) {
        doing(() -> {
            try (WriteBatch batch = new WriteBatch()) {
                for (Map.Entry<Bytes, Optional<byte[]>> row : rows.entrySet()) {
                    put(batch, row.getKey(), row.getValue().orElse(null));
                }
                batch.put(STANDING, after.bytes());
                database.write(write, batch);
            }
        });
        standing = after;
    }

    /** Something to be written to the disk in one piece, while the table does not say that it has it. */
    interface Rows {
        void writeTo(RowSink sink) throws RocksDBException;
    }

    /** Takes rows. */
    interface RowSink {
        void put(Bytes key, byte @Nullable [] value) throws RocksDBException;
    }

    /**
     * Changes rows only. They are committed and come from behind where the table stands: read from there once more, they end as
     * the same.
     */
    void restore(Rows rows) {
        doing(() -> {
            try (WriteBatch batch = new WriteBatch()) {
                rows.writeTo((key, value) -> put(batch, key, value));
                database.write(write, batch);
            }
        });
    }

    /** Forgets where the table stands, so that it is begun anew when it is opened next. */
    void distrust() {
        doing(() -> {
            database.delete(write, STANDING);
        });
        standing = new Standing(Standing.UNKNOWN, 0);
    }

    /** Ends reading and writing, with all cursors. */
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (open) {
                open = false;
                cursors.forEach(RowCursor::release);
                cursors.clear();
                write.close();
                database.close();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Something that may meet a broken disk. */
    interface Action {
        void run() throws RocksDBException;
    }

    /** Something that comes back with a value, or meets a broken disk. */
    interface Use<T extends @Nullable Object> {
        T get() throws RocksDBException;
    }

    void doing(Action action) {
        using(() -> {
            action.run();
            return true;
        });
    }

    /** The native database must not be touched once it is closed: the process would crash. */
    <T extends @Nullable Object> T using(Use<T> use) {
        lock.readLock().lock();
        try {
            if (!open) {
                throw new InvalidStateStoreException("The table at " + directory + " is closed");
            }
            return use.get();
        } catch (RocksDBException broken) {
            throw new ProcessorStateException("The table at " + directory + " cannot be used", broken);
        } finally {
            lock.readLock().unlock();
        }
    }

    private static void put(WriteBatch batch, Bytes key, byte @Nullable [] value) throws RocksDBException {
        if (value == null) {
            batch.delete(prefixed(key));
        } else {
            batch.put(prefixed(key), value);
        }
    }

    private static byte[] prefixed(Bytes key) {
        byte[] bytes = key.get();
        byte[] prefixed = new byte[bytes.length + 1];
        prefixed[0] = ROW;
        System.arraycopy(bytes, 0, prefixed, 1, bytes.length);
        return prefixed;
    }
}
