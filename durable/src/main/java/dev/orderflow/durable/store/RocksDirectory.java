package dev.orderflow.durable.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** Directories with one database each. Safe for use by several threads. */
public final class RocksDirectory {

    private RocksDirectory() {}

    /** Opens the database of a directory; both are made where they are missing. */
    public static RocksDB open(Path directory, Options options) throws RocksDBException {
        try {
            Files.createDirectories(directory);
        } catch (IOException failure) {
            throw new UncheckedIOException("No directory for a table at " + directory, failure);
        }
        return RocksDB.open(options, directory.toString());
    }

    /** Removes a directory with everything in it; a missing one is fine. */
    public static void remove(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("The table at " + directory + " cannot be removed", failure);
        }
    }
}
