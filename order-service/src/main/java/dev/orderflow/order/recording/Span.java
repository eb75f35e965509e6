package dev.orderflow.order.recording;

import dev.orderflow.durable.TerminalException;
import dev.orderflow.order.rehearsal.Activity;
import dev.orderflow.order.topology.RecordedAvro;
import dev.orderflow.schemas.Topic;
import dev.orderflow.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Which records of which partitions are read.
 *
 * @param starts the first offset of each partition
 * @param ends the offset behind the last one
 * @param partitions how many partitions the topics of orders have
 * @param from since when all is there; empty where it is there from the first record on
 */
record Span(Map<TopicPartition, Long> starts, Map<TopicPartition, Long> ends, int partitions, Optional<Instant> from) {

    /** What an order has led to may have been written, by the clock of its record, a moment before it. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

    private static final String BEHIND_ORDERS = Topics.ORDER_PLACED.name();

    /** Topics with a record of every order, by the saga's clock: where their beginning is gone, so is that of others. */
    private static final List<Topic> WITNESSES = List.of(Topics.ORDER_ACCEPTED, Topics.INVENTORY_EVENTS);

    /** First where what the saga has written ends, then what it reads: so nothing of it is without its reason. */
    static Span of(KafkaConsumer<byte[], byte[]> consumer, Scope scope) {
        List<TopicPartition> inputs = new ArrayList<>();
        List<TopicPartition> others = new ArrayList<>();
        RecordedAvro.inputs().forEach(topic -> inputs.addAll(partitions(consumer, topic, true)));
        RecordedAvro.outputs().forEach(topic -> others.addAll(partitions(consumer, topic, true)));
        others.addAll(partitions(consumer, Topics.ORDER_VIEW.name(), true));
        others.addAll(partitions(consumer, Topics.ORDER_DEAD_LETTERS.name(), false));
        others.addAll(partitions(consumer, Topics.ORDER_REDRIVES.name(), false));
        // Before it is asked for ends: it warns of those of partitions that it is not to read.
        consumer.assign(Stream.concat(inputs.stream(), others.stream()).toList());
        Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(others));
        ends.putAll(consumer.endOffsets(inputs));
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(ends.keySet());

        Optional<Instant> from = later(scope.since(), floor(consumer, begins));
        Map<TopicPartition, Long> starts = new HashMap<>(begins);
        from.ifPresent(since -> {
            starts.putAll(offsets(consumer, inputs, since, ends));
            starts.putAll(offsets(consumer, others, since.minus(CLOCKS_APART), ends));
        });
        int partitions = (int) inputs.stream()
                .filter(each -> each.topic().equals(BEHIND_ORDERS))
                .count();
        return new Span(Map.copyOf(starts), Map.copyOf(ends), partitions, from);
    }

    /** About how many records. */
    long size() {
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - starts.getOrDefault(end.getKey(), 0L)))
                .sum();
    }

    /** At most how many orders. */
    long orders() {
        return ends.entrySet().stream()
                .filter(end -> end.getKey().topic().equals(BEHIND_ORDERS))
                .mapToLong(end -> Math.max(0, end.getValue() - starts.getOrDefault(end.getKey(), 0L)))
                .sum();
    }

    private static List<TopicPartition> partitions(
            KafkaConsumer<byte[], byte[]> consumer, String topic, boolean required) {
        List<TopicPartition> found = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        if (found.isEmpty() && required) {
            throw new TerminalException(
                    "There is no topic " + topic
                            + " at this Kafka, so no order has ever run here: name the Kafka of an installation with --bootstrap.");
        }
        return found;
    }

    /** Since when nothing was deleted, where something was. */
    private static Optional<Instant> floor(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> begins) {
        Set<String> witnesses = new HashSet<>();
        WITNESSES.forEach(topic -> witnesses.add(topic.name()));
        Map<TopicPartition, Long> cut = new HashMap<>();
        begins.forEach((partition, begin) -> {
            if (begin > 0 && witnesses.contains(partition.topic())) {
                cut.put(partition, 0L);
            }
        });
        Map<TopicPartition, @Nullable OffsetAndTimestamp> first = consumer.offsetsForTimes(cut);
        return first.values().stream()
                .filter(each -> each != null)
                .map(each -> Instant.ofEpochMilli(each.timestamp()))
                .max(Comparator.naturalOrder());
    }

    private static Map<TopicPartition, Long> offsets(
            KafkaConsumer<byte[], byte[]> consumer,
            List<TopicPartition> partitions,
            Instant since,
            Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, since.toEpochMilli()));
        Map<TopicPartition, Long> found = new HashMap<>();
        consumer.offsetsForTimes(asked)
                .forEach((partition, at) ->
                        found.put(partition, at == null ? ends.getOrDefault(partition, 0L) : at.offset()));
        return found;
    }

    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        if (one.isPresent() && other.isPresent()) {
            return one.get().isAfter(other.get()) ? one : other;
        }
        return one.or(() -> other);
    }

    /** For what the saga does in each partition. */
    List<Activity> activities(Instant now, Duration longest) {
        Instant oldest = now.minus(longest);
        Instant begin = from.map(since -> since.minus(CLOCKS_APART))
                .filter(oldest::isBefore)
                .orElse(oldest);
        List<Activity> activities = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            activities.add(new Activity(begin));
        }
        return List.copyOf(activities);
    }
}
