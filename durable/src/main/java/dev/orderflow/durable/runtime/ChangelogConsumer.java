package dev.orderflow.durable.runtime;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer that stores are restored with. Kafka Streams takes a table that has come further than its changelog for one
 * that misses nothing. Yet the topic is another one then, or a broker without power has lost what it had not written to
 * its disk: this consumer says that there is no such offset, for which Kafka Streams restores the task in full.
 */
final class ChangelogConsumer extends KafkaConsumer<byte[], byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(ChangelogConsumer.class);

    private final Admin admin;
    private final Map<TopicPartition, Long> unchecked = new HashMap<>();

    ChangelogConsumer(Map<String, Object> config, Admin admin) {
        super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.admin = admin;
    }

    @Override
    public void seek(TopicPartition partition, long offset) {
        super.seek(partition, offset);
        unchecked.put(partition, offset);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        unchecked.keySet().retainAll(assignment());
        if (!unchecked.isEmpty() && !check(timeout)) {
            return ConsumerRecords.empty();
        }
        return super.poll(timeout);
    }

    /** False while the ends of changelogs are not known: nothing is restored before they are. */
    private boolean check(Duration pause) {
        Map<TopicPartition, Long> sought = Map.copyOf(unchecked);
        Map<TopicPartition, Long> beyond = new HashMap<>(sought);
        try {
            admin.listOffsets(sought.keySet().stream()
                            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())))
                    .all()
                    .get()
                    .forEach((partition, end) ->
                            beyond.computeIfPresent(partition, (same, at) -> at <= end.offset() ? null : at));
        } catch (ExecutionException unknown) {
            LOG.warn("The ends of {} are not known yet", sought.keySet(), unknown);
            LockSupport.parkNanos(pause.toNanos());
            return false;
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
        unchecked.clear();
        if (!beyond.isEmpty()) {
            throw new OffsetOutOfRangeException("Tables have come further than their changelogs", beyond);
        }
        return true;
    }
}
