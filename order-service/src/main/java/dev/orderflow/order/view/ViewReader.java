package dev.orderflow.order.view;

import dev.orderflow.durable.PoisonException;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.events.OrderView;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the topic of views into the tables: one read after the other, each partition from where its table stands.
 * Confined to one thread.
 */
final class ViewReader implements ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(ViewReader.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final long ALIVE_EVERY_MS = Duration.ofMinutes(1).toMillis();

    private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final String topicId;
    private final ViewTables tables;
    private final AvroSerdes serdes;
    private final Consumer<OrderView> seen;
    private final Clock clock;
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final Map<TopicPartition, Long> aliveAt = new HashMap<>();

    /** @param seen is told of every committed view once it can be found; must not block */
    ViewReader(
            org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
            String topic,
            String topicId,
            ViewTables tables,
            AvroSerdes serdes,
            Consumer<OrderView> seen,
            Clock clock) {
        this.consumer = consumer;
        this.topic = topic;
        this.topicId = topicId;
        this.tables = tables;
        this.serdes = serdes;
        this.seen = seen;
        this.clock = clock;
    }

    void subscribe() {
        consumer.subscribe(List.of(topic), this);
    }

    /** Takes over what has come, waiting for it for at most a second. */
    void readOnce() {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        List<OrderView> views = new ArrayList<>(records.count());
        for (TopicPartition partition : records.partitions()) {
            take(partition, records.records(partition), views);
        }
        views.forEach(seen);
        noteProgress();
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            PartitionTable table = tables.open(partition.partition(), topicId, clock.instant());
            consumer.seek(partition, table.position());
        }
        ends.putAll(consumer.endOffsets(partitions));
        LOG.debug("Reads the orders of {}", partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            tables.close(partition.partition());
            ends.remove(partition);
            aliveAt.remove(partition);
        }
    }

    private void take(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records, List<OrderView> views) {
        Map<String, Optional<ViewRow>> rows = new HashMap<>();
        long position = 0;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            position = record.offset() + 1;
            String orderId = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
                rows.put(orderId, Optional.empty());
                continue;
            }
            try {
                OrderView view = serdes.deserialize(topic, record.value(), OrderView.class);
                rows.merge(orderId, Optional.of(row(view, record.value())), ViewReader::newer);
                views.add(view);
            } catch (PoisonException unreadable) {
                LOG.error(
                        "Order {} keeps its last view: the one at {} offset {} is passed over. {}",
                        orderId,
                        partition,
                        record.offset(),
                        unreadable.getMessage());
            }
        }
        tables.get(partition.partition()).write(rows, position);
    }

    private static Optional<ViewRow> newer(Optional<ViewRow> before, Optional<ViewRow> after) {
        boolean stays = before.isPresent()
                && after.isPresent()
                && before.get().sequence() > after.get().sequence();
        return stays ? before : after;
    }

    private static ViewRow row(OrderView view, byte[] bytes) {
        return new ViewRow(view.getSequence(), view.getCreatedAt().toEpochMilli(), view.getStatus(), bytes);
    }

    private void noteProgress() {
        long now = clock.millis();
        for (TopicPartition partition : consumer.assignment()) {
            int number = partition.partition();
            if (tables.find(number).isEmpty()) {
                continue;
            }
            long position = consumer.position(partition);
            if (!tables.isCurrent(number) && position >= ends.getOrDefault(partition, 0L)) {
                tables.markCurrent(number);
            }
            if (tables.isCurrent(number) && now - aliveAt.getOrDefault(partition, 0L) >= ALIVE_EVERY_MS) {
                tables.get(number).markAlive(now, position);
                aliveAt.put(partition, now);
            }
        }
    }
}
