package dev.orderflow.order.view;

import dev.orderflow.durable.store.RocksDirectory;
import dev.orderflow.durable.store.SharedRocksMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** Opens the databases of the view, which share the memory of all state stores of the process. */
final class ViewDatabase {

    private ViewDatabase() {}

    static RocksDB open(Path directory) {
        try (Options options = SharedRocksMemory.options()) {
            return RocksDirectory.open(directory, options);
        } catch (RocksDBException failure) {
            throw new UncheckedIOException(new IOException(
                    "The view at " + directory + " cannot be opened: " + failure.getMessage()
                            + ". If no other process has it open, delete the directory: it is read again from the topic.",
                    failure));
        }
    }
}
