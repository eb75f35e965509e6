package dev.orderflow.analytics.sink;

import dev.orderflow.analytics.batch.Partition;
import dev.orderflow.analytics.batch.RevenueStore;
import dev.orderflow.durable.runtime.BrokerContact;
import dev.orderflow.durable.runtime.KafkaConnection;
import dev.orderflow.schemas.Topic;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Loads the order log into a store, exactly once in what it adds up to. Safe for use by several threads. */
public final class RevenueSink implements AutoCloseable {

    private static final int HEARTBEATS_PER_SESSION = 4;
    private static final int POLL_RECORDS = 20_000;
    private static final int FETCH_BYTES = 8 << 20;
    private static final int PARTITION_FETCH_BYTES = 4 << 20;
    /** A fetch ends as soon as there is a record: this is only how often one begins anew while there is none. */
    private static final int FETCH_WAIT_MS = 2_000;

    private final Producer<byte[], byte[]> producer;
    private final Admin admin;
    private final ExecutorService worker;
    private final LogClock logClock;
    private final SinkRunner runner;
    private final Consumer<byte[], byte[]> consumer;
    private final BrokerContact contact;

    /** Connects; nothing is read before {@link #start}. */
    public RevenueSink(
            KafkaConnection kafka, FactReader reader, RevenueStore store, SinkSettings settings, SinkStatus status) {
        Clock clock = Clock.systemUTC();
        contact = new BrokerContact(kafka, clock);
        consumer = new KafkaConsumer<>(
                consumerProperties(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        producer = new KafkaProducer<>(producerProperties(kafka), new ByteArraySerializer(), new ByteArraySerializer());
        admin = Admin.create(kafka.clientProperties());
        worker = Executors.newVirtualThreadPerTaskExecutor();
        Patience patience = new Patience(settings.backoff(), Thread::sleep, clock, status);
        BatchWriter writer = new BatchWriter(reader, new DeadLetters(producer, clock), store, patience, status);
        logClock = new LogClock(new LogEnds(admin), clock);
        runner = new SinkRunner(
                consumer, new SinkLoop(consumer, store, writer, patience, settings, status, clock, worker), status);
    }

    /** Begins to load. */
    public void start() {
        logClock.start();
        runner.start();
    }

    /** Whether it still runs, or was not started yet. */
    public boolean isAlive() {
        return runner.isAlive();
    }

    /** What it cannot reach, and since when; empty while it reaches Kafka. */
    public Optional<String> missing() {
        return contact.missing(consumer.metrics());
    }

    /** How long ago everything of these topics that was committed until then was stored; empty while not known. */
    public Optional<Duration> age(Map<Partition, Long> stored, Set<String> topics) {
        return logClock.age(stored, topics);
    }

    /** Ends it within 3 s. A batch that is on its way may arrive or not; it is written again either way. */
    @Override
    public void close() {
        runner.close();
        worker.shutdownNow();
        logClock.close();
        producer.close(Duration.ZERO);
        admin.close(Duration.ZERO);
    }

    private static Map<String, Object> consumerProperties(KafkaConnection kafka) {
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, kafka.applicationId("analytics"));
        properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, "analytics-" + kafka.instance());
        int sessionTimeout = Math.toIntExact(kafka.sessionTimeout().toMillis());
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, sessionTimeout);
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, sessionTimeout / HEARTBEATS_PER_SESSION);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // Positions are in the database. One that the log does not have any more must not be passed over in silence.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_FETCH_BYTES);
        return properties;
    }

    private static Map<String, Object> producerProperties(KafkaConnection kafka) {
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.MAX_DEAD_LETTER_BYTES);
        return properties;
    }
}
