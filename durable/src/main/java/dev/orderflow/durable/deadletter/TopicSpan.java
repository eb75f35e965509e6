package dev.orderflow.durable.deadletter;

import dev.orderflow.durable.RetriableException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/** Reads stretches of topics, as its consumer is allowed to see them. For use by one thread. */
final class TopicSpan {

    /** Reading so many records costs about as much as beginning to read somewhere else. */
    private static final int FAR_APART = 500;

    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final long endNanos;

    /** @param patience how long all reading may take together */
    TopicSpan(KafkaConsumer<byte[], byte[]> consumer, Duration patience) {
        this.consumer = consumer;
        this.endNanos = System.nanoTime() + patience.toNanos();
    }

    /** The partitions of a topic; none where it does not exist. */
    List<TopicPartition> partitions(String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    long begin(TopicPartition partition) {
        return consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }

    /** Behind the last record that its consumer may see. */
    long end(TopicPartition partition) {
        return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }

    /** The first record of each partition that is not older than this; none where there is none. */
    Map<TopicPartition, Long> from(List<TopicPartition> partitions, Instant time) {
        Map<TopicPartition, Long> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, time.toEpochMilli()));
        Map<TopicPartition, Long> found = new HashMap<>();
        for (Map.Entry<TopicPartition, OffsetAndTimestamp> each :
                consumer.offsetsForTimes(asked).entrySet()) {
            if (each.getValue() != null) {
                found.put(each.getKey(), each.getValue().offset());
            }
        }
        return found;
    }

    /**
     * Hands over the records of a partition at these offsets, where there are such: those that are not far apart are read at
     * once, with all between them.
     *
     * @throws RetriableException when that takes too long
     */
    void readEach(TopicPartition partition, SortedSet<Long> offsets, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        if (offsets.isEmpty()) {
            return;
        }
        long begin = begin(partition);
        long end = end(partition);
        List<Long> there =
                offsets.stream().filter(at -> at >= begin && at < end).toList();
        for (int first = 0; first < there.size(); ) {
            int last = first;
            while (last + 1 < there.size() && there.get(last + 1) - there.get(last) <= FAR_APART) {
                last++;
            }
            read(partition, there.get(first), there.get(last) + 1, record -> {
                if (offsets.contains(record.offset())) {
                    sink.accept(record);
                }
            });
            first = last + 1;
        }
    }

    /**
     * Hands over the records of a partition from one offset up to another.
     *
     * @param to the one behind the last
     * @throws RetriableException when that takes too long
     */
    void read(TopicPartition partition, long from, long to, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        if (from >= to) {
            return;
        }
        consumer.assign(List.of(partition));
        consumer.seek(partition, from);
        while (consumer.position(partition) < to) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < to) {
                    sink.accept(record);
                }
            }
            if (System.nanoTime() - endNanos > 0) {
                throw new RetriableException(
                        "Reading " + partition + " takes too long: ask again, or for fewer at once");
            }
        }
    }
}
