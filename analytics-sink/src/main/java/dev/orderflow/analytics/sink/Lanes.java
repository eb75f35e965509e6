package dev.orderflow.analytics.sink;

import dev.orderflow.analytics.batch.Batch;
import dev.orderflow.analytics.batch.Lane;
import dev.orderflow.analytics.batch.OffsetRange;
import dev.orderflow.analytics.batch.Partition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The partitions that a sink reads: what of each is waiting, and what of each is stored. Not safe for use by several threads. */
final class Lanes {

    /** What a record costs in memory beside its key, value and headers. */
    private static final int OVERHEAD_BYTES = 200;

    private final SinkSettings settings;
    private final Map<TopicPartition, Lane<ConsumerRecord<byte[], byte[]>>> lanes = new HashMap<>();
    private final Map<TopicPartition, Long> stored = new HashMap<>();

    Lanes(SinkSettings settings) {
        this.settings = settings;
    }

    /** Begins with a partition at the position up to which it is stored. */
    void open(TopicPartition partition, long position) {
        lanes.put(partition, new Lane<>(partition(partition), position, settings.limits()));
        stored.put(partition, position);
    }

    /** Forgets partitions with what waits of them. */
    void close(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> {
            lanes.remove(partition);
            stored.remove(partition);
        });
    }

    /** The partitions that are open. */
    Set<TopicPartition> open() {
        return Set.copyOf(lanes.keySet());
    }

    /** Takes a record, if its partition is open. */
    void add(ConsumerRecord<byte[], byte[]> record, Instant now) {
        Lane<ConsumerRecord<byte[], byte[]>> lane = lanes.get(new TopicPartition(record.topic(), record.partition()));
        if (lane != null) {
            int size = Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
            lane.add(record.offset(), size + OVERHEAD_BYTES, record, now);
        }
    }

    /** Notes that everything of a partition before an offset was read. */
    void readUpTo(TopicPartition partition, long next, Instant now) {
        Lane<ConsumerRecord<byte[], byte[]>> lane = lanes.get(partition);
        if (lane != null) {
            lane.readUpTo(next, now);
        }
    }

    /** Up to where a partition was read; 0 for one that is not open. */
    long position(TopicPartition partition) {
        Lane<ConsumerRecord<byte[], byte[]>> lane = lanes.get(partition);
        return lane == null ? 0 : lane.position();
    }

    /** Whether reading must pause. */
    boolean full() {
        return bytes() >= settings.bufferBytes();
    }

    /** Bytes of all records that wait. */
    long bytes() {
        return lanes.values().stream().mapToLong(Lane::bytes).sum();
    }

    /** Whether it is time to write. */
    boolean ripe(Instant now) {
        return full() || lanes.values().stream().anyMatch(lane -> lane.ripe(now));
    }

    /** How long until it is time to write, if that is known. */
    Optional<Duration> ripeIn(Instant now) {
        return lanes.values().stream()
                .map(Lane::due)
                .flatMap(Optional::stream)
                .map(due -> Duration.between(now, due))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
                .min(Duration::compareTo);
    }

    /** Cuts one batch of every partition that has anything. */
    List<Batch<ConsumerRecord<byte[], byte[]>>> cut() {
        List<Batch<ConsumerRecord<byte[], byte[]>>> batches = new ArrayList<>();
        lanes.values().forEach(lane -> lane.cut().ifPresent(batches::add));
        return batches;
    }

    /** Notes that ranges are stored. */
    void stored(Collection<OffsetRange> ranges) {
        for (OffsetRange range : ranges) {
            TopicPartition partition = new TopicPartition(
                    range.partition().topic(), range.partition().number());
            stored.computeIfPresent(partition, (same, before) -> Math.max(before, range.next()));
        }
    }

    /** Up to where each open partition is stored. */
    Map<TopicPartition, Long> stored() {
        return stored;
    }

    static Partition partition(TopicPartition partition) {
        return new Partition(partition.topic(), partition.partition());
    }
}
