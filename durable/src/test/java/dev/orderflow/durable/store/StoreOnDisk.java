package dev.orderflow.durable.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/** A store on a disk of its own, which can be killed and opened again, and whose transactions are ended by hand. */
final class StoreOnDisk implements AutoCloseable {

    static final TopicPartition CHANGELOG = new TopicPartition("test-rows-changelog", 0);

    private final Path root;
    private final boolean inTransactions;
    private int lives;
    private Path taskDirectory;
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private CommittedStore store;
    private StoreContext context;

    /** What keeps no list of its tables: there is one here. */
    private static final Transactions OWN = new Transactions() {
        @Override
        public void join(TaskId task, TransactionParticipant table) {}

        @Override
        public void leave(TransactionParticipant table) {}
    };

    /** @param inTransactions whether it is on a stream thread, which tells of its transactions */
    StoreOnDisk(boolean inTransactions) {
        this.inTransactions = inTransactions;
        try {
            root = Files.createTempDirectory("orderflow-store-");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        taskDirectory = root.resolve("0");
        open();
    }

    CommittedStore store() {
        return store;
    }

    Path taskDirectory() {
        return taskDirectory;
    }

    void put(String key, @Nullable String value) {
        store.put(bytes(key), value == null ? null : value.getBytes(UTF_8));
    }

    @Nullable
    String get(String key) {
        byte[] value = store.get(bytes(key));
        return value == null ? null : new String(value, UTF_8);
    }

    Map<String, String> rows() {
        return rows(null, null);
    }

    /** Rows in the order in which the store gives them. */
    Map<String, String> rows(@Nullable String from, @Nullable String to) {
        Map<String, String> rows = new LinkedHashMap<>();
        try (KeyValueIterator<Bytes, byte[]> all =
                store.range(from == null ? null : bytes(from), to == null ? null : bytes(to))) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> row = all.next();
                rows.put(new String(row.key.get(), UTF_8), new String(row.value, UTF_8));
            }
        }
        return rows;
    }

    long offset() {
        return store.committedOffset(CHANGELOG);
    }

    void committed(long offset) {
        store.committed(Map.of(CHANGELOG, offset));
    }

    void committedElsewhere() {
        store.committed(Map.of());
    }

    void restore(Map<String, String> rows) {
        context.restore(new TreeMap<>(rows)
                .entrySet().stream()
                        .map(row -> KeyValue.pair(
                                row.getKey().getBytes(UTF_8), row.getValue().getBytes(UTF_8)))
                        .toList());
    }

    void restoreDeletion(String key) {
        context.restore(List.of(KeyValue.pair(key.getBytes(UTF_8), (byte[]) null)));
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    void reopen() {
        store.close();
        open();
    }

    /** The process ends at once, and its disk is found as it is. */
    void kill() {
        Path found = root.resolve(Integer.toString(++lives));
        copy(taskDirectory, found);
        store.close();
        RocksDirectory.remove(taskDirectory);
        taskDirectory = found;
        open();
    }

    @Override
    public void close() {
        store.close();
        RocksDirectory.remove(root);
    }

    private void open() {
        store = new CommittedStore("rows", () -> inTransactions ? OWN : null, () -> now);
        context = new StoreContext(taskDirectory);
        store.init(context, store);
        store.committedOffset(CHANGELOG);
    }

    /** All files as they are at one moment, as a kill leaves them: files are merged in the background, so again if need be. */
    private static void copy(Path from, Path to) {
        try {
            while (true) {
                Map<Path, FileTime> before = files(from);
                boolean whole = true;
                for (Path each : before.keySet()) {
                    try {
                        Files.copy(each, to.resolve(from.relativize(each).toString()));
                    } catch (NoSuchFileException merged) {
                        whole = false;
                    }
                }
                if (whole && files(from).equals(before)) {
                    return;
                }
                RocksDirectory.remove(to);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Map<Path, FileTime> files(Path directory) throws IOException {
        Map<Path, FileTime> found = new LinkedHashMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.toList()) {
                found.put(each, Files.getLastModifiedTime(each));
            }
        } catch (UncheckedIOException | NoSuchFileException merged) {
            // It changes while it is looked at: what is found now is no moment, and differs from the next look.
            found.put(directory.resolve("changes"), FileTime.fromMillis(System.nanoTime()));
        }
        return found;
    }

    static Bytes bytes(String key) {
        return Bytes.wrap(key.getBytes(UTF_8));
    }
}
