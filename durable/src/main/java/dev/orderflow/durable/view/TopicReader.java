package dev.orderflow.durable.view;

import dev.orderflow.durable.PoisonException;
import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.ServicePart;
import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.runtime.KafkaConnection;
import dev.orderflow.durable.wire.AvroSerdes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all of a topic from its beginning, committed records only, on a thread of its own, and hands each value over in
 * the order of its partition, once. It is in no consumer group: every instance reads everything, at every start. After a
 * failure that can pass it goes on where it was.
 *
 * @param <T> what the topic carries
 */
public final class TopicReader<T extends SpecificRecord> implements ServicePart {

    private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(3);
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** A fetch ends as soon as there is a record: this is only how often one begins anew while there is none. */
    private static final int FETCH_WAIT_MS = 2_000;

    private static final int RECORDS_AT_ONCE = 5_000;
    private static final int RECONNECT_MS = 50;
    private static final int RECONNECT_MAX_MS = 500;

    private final KafkaConnection kafka;
    private final AvroSerdes serdes;
    private final String topic;
    private final Class<T> type;
    private final Consumer<T> sink;
    private final Runnable batchEnd;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final Thread thread;
    private volatile boolean current;
    private volatile boolean closing;
    private volatile boolean ended;
    private volatile KafkaConsumer<byte[], byte[]> consumer;

    /**
     * A reader that has not begun.
     *
     * @param sink takes each value; called by one thread
     * @param batchEnd called by the same thread when all that has come for the moment was handed over
     */
    public TopicReader(
            KafkaConnection kafka,
            AvroSerdes serdes,
            String topic,
            Class<T> type,
            Consumer<T> sink,
            Runnable batchEnd) {
        this.kafka = kafka;
        this.serdes = serdes;
        this.topic = topic;
        this.type = type;
        this.sink = sink;
        this.batchEnd = batchEnd;
        this.consumer = connect();
        this.thread = Thread.ofPlatform().name("reader-" + topic).daemon().unstarted(this::run);
    }

    @Override
    public void start() {
        thread.start();
    }

    /** Whether all that was in the topic when the reader began has been handed over. */
    @Override
    public boolean isReady() {
        return current && !ended;
    }

    /** Whether it reads, or can come to read again by itself. */
    @Override
    public boolean isAlive() {
        return !ended;
    }

    @Override
    public String status() {
        if (ended) {
            return topic + " is not read any more";
        }
        return current ? "" : "still reading " + topic;
    }

    @Override
    public void close() {
        closing = true;
        if (thread.getState() == Thread.State.NEW) {
            consumer.close();
            return;
        }
        consumer.wakeup();
        LockSupport.unpark(thread);
        try {
            if (!thread.join(CLOSE_WITHIN)) {
                LOG.warn("The reader of {} did not end within {} s", topic, CLOSE_WITHIN.toSeconds());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closing) {
            try {
                read();
            } catch (WakeupException asked) {
                // Whoever closes this reader ends its poll with it: the loop looks at that flag next.
                LOG.debug("The poll of {} was ended", topic);
            } catch (AuthorizationException | TerminalException failure) {
                LOG.error("{} is not read any more: {}", topic, failure.getMessage(), failure);
                ended = true;
                closing = true;
            } catch (RuntimeException failure) {
                LOG.warn("{} is read on after: {}", topic, failure.toString());
                LockSupport.parkNanos(PAUSE_NANOS);
                reconnect();
            }
        }
        consumer.close();
        ended = true;
    }

    private void read() {
        begin();
        while (!closing) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                take(record);
                positions.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
            }
            // The end of a transaction takes an offset, too, but brings no record.
            for (TopicPartition partition : consumer.assignment()) {
                positions.put(partition, consumer.position(partition));
            }
            if (!current) {
                current = ends.entrySet().stream()
                        .allMatch(end -> positions.getOrDefault(end.getKey(), 0L) >= end.getValue());
            }
            if (!records.isEmpty()) {
                batchEnd.run();
            }
        }
    }

    private void begin() {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new RetriableException("There is no topic " + topic + " yet: it is created when a service starts");
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        positions.forEach(consumer::seek);
        if (!current) {
            ends.putAll(consumer.endOffsets(partitions));
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        T value;
        try {
            value = serdes.deserialize(topic, record.value(), type);
        } catch (PoisonException poison) {
            LOG.warn(
                    "{}-{} offset {} cannot be read and is passed over: {}",
                    topic,
                    record.partition(),
                    record.offset(),
                    poison.getMessage());
            return;
        }
        sink.accept(value);
    }

    private void reconnect() {
        consumer.close();
        consumer = connect();
        if (closing) {
            // Whoever closes this reader may have woken the consumer that is gone.
            consumer.wakeup();
        }
    }

    private KafkaConsumer<byte[], byte[]> connect() {
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "reader-" + topic);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_AT_ONCE);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS);
        properties.put(ConsumerConfig.RECONNECT_BACKOFF_MS_CONFIG, RECONNECT_MS);
        properties.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_MAX_MS);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
