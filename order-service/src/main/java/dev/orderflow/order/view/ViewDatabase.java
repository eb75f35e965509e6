package dev.orderflow.order.view;

import dev.orderflow.durable.runtime.SharedRocksMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** Opens and removes the databases of the view, which share the memory of all state stores of the process. */
final class ViewDatabase {

    private static final int OPEN_FILES = 256;

    private ViewDatabase() {}

    static RocksDB open(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException failure) {
            throw new UncheckedIOException("No directory for the view at " + directory, failure);
        }
        try (Options options = new Options()) {
            options.setTableFormatConfig(new BlockBasedTableConfig());
            new SharedRocksMemory().setConfig("order-view", options, Map.of());
            options.setCreateIfMissing(true);
            options.setMaxOpenFiles(OPEN_FILES);
            options.setKeepLogFileNum(1);
            options.setInfoLogLevel(InfoLogLevel.WARN_LEVEL);
            return RocksDB.open(options, directory.toString());
        } catch (RocksDBException failure) {
            throw new UncheckedIOException(new IOException(
                    "The view at " + directory + " cannot be opened: " + failure.getMessage()
                            + ". If no other process has it open, delete the directory: it is read again from the topic.",
                    failure));
        }
    }

    /** Removes everything in a directory; a missing one is fine. */
    static void remove(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("The view at " + directory + " cannot be removed", failure);
        }
    }
}
