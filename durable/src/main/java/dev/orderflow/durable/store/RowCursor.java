package dev.orderflow.durable.store;

import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Walks over rows on disk as they were when it was made. For one thread at a time; the table may be closed under it by any
 * other, which a later step then says.
 */
final class RowCursor implements AutoCloseable {

    private final RowFile file;
    private final RocksIterator iterator;
    private final @Nullable Bytes last;
    private @Nullable Bytes key;
    private byte[] value = {};

    /** @param last the last key, included; null is behind all */
    RowCursor(RowFile file, RocksIterator iterator, @Nullable Bytes last) {
        this.file = file;
        this.iterator = iterator;
        this.last = last;
    }

    /**
     * Goes to the first row. The table calls it while it cannot be closed.
     *
     * @param first where it begins, as it is on disk
     */
    void begin(byte[] first) throws RocksDBException {
        iterator.seek(first);
        read();
    }

    /** The key of this row; null behind the last one. */
    @Nullable
    Bytes key() {
        return key;
    }

    /** The value of this row. There is one. */
    byte[] value() {
        return value;
    }

    /** Goes on to the next row. There is one now. */
    void advance() {
        file.doing(() -> {
            iterator.next();
            read();
        });
    }

    private void read() throws RocksDBException {
        key = null;
        if (!iterator.isValid()) {
            iterator.status();
            return;
        }
        byte[] found = iterator.key();
        Bytes row = Bytes.wrap(Arrays.copyOfRange(found, 1, found.length));
        if (last == null || row.compareTo(last) <= 0) {
            key = row;
            value = iterator.value();
        }
    }

    /** Frees what is not on the heap; the table calls it while nobody uses it. */
    void release() {
        iterator.close();
    }

    @Override
    public void close() {
        file.release(this);
    }
}
