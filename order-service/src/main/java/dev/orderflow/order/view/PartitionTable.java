package dev.orderflow.order.view;

import dev.orderflow.events.OrderStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The orders of one partition on disk, listed by time and by status, together with how far the topic has been read. Both
 * change in one write, so a crash at any moment leaves a table that goes on from where it is. One thread writes; any
 * number may read.
 */
final class PartitionTable implements AutoCloseable {

    private static final byte ROW = 'r';
    private static final byte BY_TIME = 't';
    private static final byte BY_STATUS = 's';
    private static final byte[] NOTHING = {};
    private static final byte[] POSITION = {'m', 'p'};
    private static final byte[] ALIVE = {'m', 'a'};
    private static final byte[] TOPIC = {'m', 't'};

    private final RocksDB database;
    private final WriteOptions write = new WriteOptions();
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final int partition;
    private boolean open = true;

    private PartitionTable(RocksDB database, int partition) {
        this.database = database;
        this.partition = partition;
    }

    /**
     * Opens the table, empty where there is none yet.
     *
     * @param directory of this table alone; created when missing
     */
    static PartitionTable open(Path directory, int partition) {
        return new PartitionTable(ViewDatabase.open(directory), partition);
    }

    /** A row together with its order's id. */
    record Found(String orderId, ViewRow row) {}

    /** The newest committed row of this order. */
    Optional<ViewRow> find(String orderId) {
        return reading(() -> row(orderId));
    }

    /** Rows from the newest to the oldest, those behind {@code after}. */
    List<Found> newest(@Nullable OrderStatus status, @Nullable ListPosition after, int limit) {
        byte[] prefix = status == null ? new byte[] {BY_TIME} : statusPrefix(status);
        return reading(() -> {
            List<Found> found = new ArrayList<>(Math.min(limit, 64));
            try (RocksIterator iterator = database.newIterator()) {
                iterator.seek(after == null ? prefix : joined(prefix, after.bytes(), (byte) 0));
                while (found.size() < limit && iterator.isValid() && startsWith(iterator.key(), prefix)) {
                    byte[] key = iterator.key();
                    String orderId = ListPosition.of(Arrays.copyOfRange(key, prefix.length, key.length))
                            .orderId();
                    row(orderId).ifPresent(row -> found.add(new Found(orderId, row)));
                    iterator.next();
                }
                iterator.status();
            }
            return found;
        });
    }

    /**
     * Takes newer rows over; older ones and repeated ones change nothing.
     *
     * @param rows by order id; an empty one deletes the order
     * @param position the offset to go on reading from
     */
    void write(Map<String, Optional<ViewRow>> rows, long position) {
        try (WriteBatch batch = new WriteBatch()) {
            for (Map.Entry<String, Optional<ViewRow>> entry : rows.entrySet()) {
                String orderId = entry.getKey();
                Optional<ViewRow> before = row(orderId);
                Optional<ViewRow> after = entry.getValue();
                if (isNewer(before, after)) {
                    replace(batch, orderId, before, after);
                }
            }
            batch.put(POSITION, bytes(position));
            database.write(write, batch);
        } catch (RocksDBException broken) {
            throw new ViewStorageException(partition, broken);
        }
    }

    /** The offset to go on reading from; 0 when nothing has been read. */
    long position() {
        return number(POSITION);
    }

    /** When it was last known to miss nothing, in milliseconds since 1970. */
    long aliveAt() {
        return number(ALIVE);
    }

    /** Notes that everything up to this moment has been read. */
    void markAlive(long now, long position) {
        try (WriteBatch batch = new WriteBatch()) {
            batch.put(ALIVE, bytes(now));
            batch.put(POSITION, bytes(position));
            database.write(write, batch);
        } catch (RocksDBException broken) {
            throw new ViewStorageException(partition, broken);
        }
    }

    /** The id of the topic that was read; empty before {@link #nameTopic}. */
    String topic() {
        try {
            byte[] id = database.get(TOPIC);
            return id == null ? "" : new String(id, StandardCharsets.UTF_8);
        } catch (RocksDBException broken) {
            throw new ViewStorageException(partition, broken);
        }
    }

    /** Notes which topic is read, from this moment on. */
    void nameTopic(String id, long now) {
        try {
            database.put(TOPIC, id.getBytes(StandardCharsets.UTF_8));
            database.put(ALIVE, bytes(now));
        } catch (RocksDBException broken) {
            throw new ViewStorageException(partition, broken);
        }
    }

    /** Ends reading and writing. Readers that come later are told that the partition has moved. */
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (open) {
                open = false;
                write.close();
                database.close();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void replace(WriteBatch batch, String orderId, Optional<ViewRow> before, Optional<ViewRow> after)
            throws RocksDBException {
        if (before.isPresent()) {
            ViewRow old = before.get();
            boolean sameTime = after.isPresent() && after.get().createdAt() == old.createdAt();
            if (!sameTime) {
                batch.delete(timeKey(orderId, old));
            }
            if (!sameTime || after.get().status() != old.status()) {
                batch.delete(statusKey(orderId, old));
            }
        }
        if (after.isPresent()) {
            ViewRow row = after.get();
            batch.put(rowKey(orderId), row.bytes());
            batch.put(timeKey(orderId, row), NOTHING);
            batch.put(statusKey(orderId, row), NOTHING);
        } else {
            batch.delete(rowKey(orderId));
        }
    }

    private static boolean isNewer(Optional<ViewRow> before, Optional<ViewRow> after) {
        return before.isEmpty()
                || after.isEmpty()
                || after.get().sequence() > before.get().sequence();
    }

    private Optional<ViewRow> row(String orderId) {
        try {
            byte[] bytes = database.get(rowKey(orderId));
            return bytes == null ? Optional.empty() : Optional.of(ViewRow.of(bytes));
        } catch (RocksDBException broken) {
            throw new ViewStorageException(partition, broken);
        }
    }

    private long number(byte[] key) {
        try {
            byte[] bytes = database.get(key);
            return bytes == null ? 0 : ByteBuffer.wrap(bytes).getLong();
        } catch (RocksDBException broken) {
            throw new ViewStorageException(partition, broken);
        }
    }

    /** Something that reads, and may meet a broken disk. */
    private interface Reading<T> {
        T read() throws RocksDBException;
    }

    /** The native database must not be touched once it is closed: the process would crash. */
    private <T> T reading(Reading<T> action) {
        lock.readLock().lock();
        try {
            if (!open) {
                throw new ViewMovedException(partition);
            }
            return action.read();
        } catch (RocksDBException broken) {
            throw new ViewStorageException(partition, broken);
        } finally {
            lock.readLock().unlock();
        }
    }

    private static byte[] rowKey(String orderId) {
        return joined(new byte[] {ROW}, orderId.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] timeKey(String orderId, ViewRow row) {
        return joined(new byte[] {BY_TIME}, row.position(orderId).bytes());
    }

    private static byte[] statusKey(String orderId, ViewRow row) {
        return joined(statusPrefix(row.status()), row.position(orderId).bytes());
    }

    private static byte[] statusPrefix(OrderStatus status) {
        byte[] name = status.name().getBytes(StandardCharsets.US_ASCII);
        return joined(new byte[] {BY_STATUS}, name, (byte) 0);
    }

    private static byte[] joined(byte[] first, byte[] second, byte... third) {
        return ByteBuffer.allocate(first.length + second.length + third.length)
                .put(first)
                .put(second)
                .put(third)
                .array();
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }
}
