package dev.orderflow.payment.audit;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.runtime.KafkaConnection;
import dev.orderflow.schemas.Topic;
import dev.orderflow.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the topics into the books, committed records only, each once, from where the books stand. In no consumer group.
 * Confined to one thread, but for {@link #wakeup}.
 */
final class LogReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);
    /** A fetch ends as soon as there is a record, and goes on across polls: this is how often one begins anew. */
    private static final int FETCH_WAIT_MS = 2_000;

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration LOOK_AT_ENDS = Duration.ofSeconds(1);
    private static final int RECORDS_AT_ONCE = 5_000;
    /** Half a second's records in one answer: the audit is in no hurry, and shares the machine with orders. */
    private static final int FETCH_MIN_BYTES = 256 * 1024;

    private final KafkaConnection kafka;
    private final Records records;
    private final InstantSource clock;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private @Nullable Books books;
    private Map<TopicPartition, Long> ends = Map.of();
    private Instant endsAt = Instant.EPOCH;

    LogReader(KafkaConnection kafka, Records records, InstantSource clock) {
        this.kafka = kafka;
        this.records = records;
        this.clock = clock;
        this.consumer = connect();
    }

    /**
     * Finds the topics, and begins where the books stand.
     *
     * @param opener makes the books by the id of the topics, and by whether these still have their beginning
     * @throws RetriableException when a topic is not there yet
     */
    Books begin(BiFunction<String, Boolean, Books> opener) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (Topic topic : Records.TOPICS) {
            List<PartitionInfo> infos = consumer.partitionsFor(topic.name(), CONNECT);
            if (infos == null || infos.isEmpty()) {
                throw new RetriableException("There is no topic " + topic.name() + " yet");
            }
            infos.forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
        }
        consumer.assign(partitions);
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions, CONNECT);
        boolean complete = beginnings.entrySet().stream()
                .filter(entry -> !entry.getKey().topic().equals(Topics.STOCK_VIEW.name()))
                .allMatch(entry -> entry.getValue() == 0);
        Books opened = opener.apply(topicId(), complete);
        books = opened;
        partitions.forEach(partition ->
                consumer.seek(partition, opened.position(partition).orElse(beginnings.getOrDefault(partition, 0L))));
        return opened;
    }

    /** Takes over what has come, waiting for it for at most half a second. */
    void readOnce() {
        Books into = books;
        if (into == null) {
            throw new IllegalStateException("Not begun");
        }
        Instant now = clock.instant();
        if (endsAt.plus(LOOK_AT_ENDS).isBefore(now)) {
            ends = consumer.endOffsets(consumer.assignment(), CONNECT);
            endsAt = now;
        }
        ConsumerRecords<byte[], byte[]> read = consumer.poll(POLL);
        Set<TopicPartition> touched = new HashSet<>(read.partitions());
        for (TopicPartition partition : touched) {
            List<ConsumerRecord<byte[], byte[]>> some = read.records(partition);
            List<Consumer<Books>> entries = new ArrayList<>(some.size());
            for (ConsumerRecord<byte[], byte[]> record : some) {
                records.entry(record, now).ifPresent(entries::add);
            }
            into.take(partition, some.getLast().offset() + 1, entries);
        }
        boolean current = ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        if (current) {
            into.logRead(endsAt);
        }
        into.settle(now);
    }

    /** Ends a wait of another thread in this reader. */
    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }

    private String topicId() {
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            String topic = Topics.ORDER_ACCEPTED.name();
            return admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(CONNECT.toMillis(), TimeUnit.MILLISECONDS)
                    .join()
                    .values()
                    .iterator()
                    .next()
                    .topicId()
                    .toString();
        }
    }

    private KafkaConsumer<byte[], byte[]> connect() {
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "audit");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_AT_ONCE);
        properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, FETCH_MIN_BYTES);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
