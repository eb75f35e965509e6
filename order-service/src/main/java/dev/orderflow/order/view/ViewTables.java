package dev.orderflow.order.view;

import dev.orderflow.durable.store.RocksDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tables of the partitions that are kept here. One thread opens, fills and closes them; any number may read.
 */
final class ViewTables {

    /** Brokers keep the record of a deletion for a day by default; a table that was away longer may have missed one. */
    private static final Duration LONGEST_ABSENCE = Duration.ofHours(12);

    private final Path directory;
    private final Runnable closed;
    private final Map<Integer, PartitionTable> open = new ConcurrentHashMap<>();
    private final Set<Integer> current = ConcurrentHashMap.newKeySet();

    /**
     * @param directory of all tables of this instance
     * @param closed runs whenever one is closed
     */
    ViewTables(Path directory, Runnable closed) {
        this.directory = directory;
        this.closed = closed;
    }

    /**
     * Opens a table. One that belongs to another topic of the same name, or that was left alone so long that deletions
     * may have been missed, is begun anew.
     *
     * @param topicId of the topic as it is now
     */
    PartitionTable open(int partition, String topicId, Instant now) {
        Path place = directory.resolve(Integer.toString(partition));
        PartitionTable table = PartitionTable.open(place, partition);
        boolean usable = table.topic().equals(topicId)
                && table.aliveAt() >= now.minus(LONGEST_ABSENCE).toEpochMilli();
        if (!usable) {
            table.close();
            RocksDirectory.remove(place);
            table = PartitionTable.open(place, partition);
            table.nameTopic(topicId, now.toEpochMilli());
        }
        open.put(partition, table);
        return table;
    }

    /** The table of a partition, as far as it is kept here. */
    Optional<PartitionTable> find(int partition) {
        return Optional.ofNullable(open.get(partition));
    }

    /** The table of a partition that was opened before. */
    PartitionTable get(int partition) {
        return find(partition).orElseThrow(() -> new ViewMovedException(partition));
    }

    /** All tables that are kept here. */
    Collection<PartitionTable> all() {
        return List.copyOf(open.values());
    }

    Set<Integer> partitions() {
        return Set.copyOf(open.keySet());
    }

    /** Everything that was in the topic when it was opened has been read. */
    void markCurrent(int partition) {
        current.add(partition);
    }

    /** Whether this partition is kept here, with all of its orders. */
    boolean isCurrent(int partition) {
        return current.contains(partition);
    }

    /** Whether there is a table, and none that is still being filled. */
    boolean allCurrent() {
        return !open.isEmpty() && !isReading();
    }

    /** Whether there is a table that is still being filled. */
    boolean isReading() {
        return !current.containsAll(open.keySet());
    }

    void close(int partition) {
        current.remove(partition);
        PartitionTable table = open.remove(partition);
        if (table != null) {
            table.close();
            closed.run();
        }
    }

    void closeAll() {
        partitions().forEach(this::close);
    }
}
