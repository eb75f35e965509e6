package dev.orderflow.order.view;

import dev.orderflow.durable.runtime.EventHeaders;
import dev.orderflow.durable.runtime.KafkaConnection;
import dev.orderflow.events.OrderView;
import dev.orderflow.events.TimelineEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the offsets of records that were handled in the transaction that wrote them: an order's view is written in it, too, before
 * anybody knows them. They are looked for when somebody asks, around the time at which they were written. Safe for use by several
 * threads; blocks.
 */
public final class EvidenceLocator implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EvidenceLocator.class);

    /** A record was written when the order noted it, and both times are of one clock. */
    private static final Duration AROUND = Duration.ofMillis(250);

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConnection kafka;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;

    public EvidenceLocator(KafkaConnection kafka) {
        this.kafka = kafka;
    }

    /** The view with the offsets of all its evidence that can be found; without those whose records are gone, or not to be had. */
    public OrderView located(OrderView view) {
        Map<TopicPartition, List<TimelineEntry>> unknown = new HashMap<>();
        OrderView copy = OrderView.newBuilder(view).build();
        for (TimelineEntry entry : copy.getTimeline()) {
            if (entry.getTopic() != null && entry.getEventId() != null && entry.getOffset() < 0) {
                unknown.computeIfAbsent(
                                new TopicPartition(entry.getTopic(), entry.getPartition()),
                                partition -> new ArrayList<>())
                        .add(entry);
            }
        }
        if (unknown.isEmpty()) {
            return view;
        }
        lock.lock();
        try {
            unknown.forEach(this::locate);
        } catch (KafkaException failure) {
            LOG.debug("The evidence of order {} is not found now", view.getOrderId(), failure);
        } finally {
            lock.unlock();
        }
        return copy;
    }

    /** Entries that are far apart are looked for one stretch of the topic after the other. */
    private void locate(TopicPartition partition, List<TimelineEntry> entries) {
        List<TimelineEntry> left = new ArrayList<>(entries);
        left.sort(Comparator.comparing(TimelineEntry::getAt));
        while (!left.isEmpty()) {
            Instant first = left.getFirst().getAt();
            List<TimelineEntry> near = left.stream()
                    .filter(entry -> entry.getAt().isBefore(first.plus(AROUND)))
                    .toList();
            left.removeAll(near);
            read(partition, first.minus(AROUND), first.plus(AROUND).plus(AROUND), new ArrayList<>(near));
        }
    }

    private void read(TopicPartition partition, Instant since, Instant until, List<TimelineEntry> left) {
        KafkaConsumer<byte[], byte[]> reader = reader();
        OffsetAndTimestamp from = reader.offsetsForTimes(Map.of(partition, since.toEpochMilli()), PATIENCE)
                .get(partition);
        if (from == null) {
            return;
        }
        reader.assign(List.of(partition));
        reader.seek(partition, from.offset());
        long end = reader.endOffsets(List.of(partition), PATIENCE).getOrDefault(partition, 0L);
        long patience = System.nanoTime() + PATIENCE.toNanos();
        while (!left.isEmpty() && reader.position(partition, PATIENCE) < end && System.nanoTime() - patience < 0) {
            for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                if (record.timestamp() > until.toEpochMilli()) {
                    return;
                }
                String id = EventHeaders.text(record.headers(), EventHeaders.ID);
                left.removeIf(entry -> isFound(entry, id, record.offset()));
            }
        }
    }

    private static boolean isFound(TimelineEntry entry, @Nullable String id, long offset) {
        if (!Objects.equals(entry.getEventId(), id)) {
            return false;
        }
        entry.setOffset(offset);
        return true;
    }

    private KafkaConsumer<byte[], byte[]> reader() {
        KafkaConsumer<byte[], byte[]> made = consumer;
        if (made == null) {
            Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
            properties.put("isolation.level", "read_committed");
            properties.put("auto.offset.reset", "earliest");
            properties.put("enable.auto.commit", false);
            made = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            consumer = made;
        }
        return made;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (consumer != null) {
                consumer.close();
                consumer = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
