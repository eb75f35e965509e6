package dev.orderflow.durable.runtime;

import static org.apache.kafka.clients.producer.ProducerConfig.BATCH_SIZE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.LINGER_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION;
import static org.apache.kafka.clients.producer.ProducerConfig.MAX_REQUEST_SIZE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.METADATA_MAX_IDLE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.TRANSACTION_TIMEOUT_CONFIG;
import static org.apache.kafka.streams.StreamsConfig.consumerPrefix;
import static org.apache.kafka.streams.StreamsConfig.mainConsumerPrefix;
import static org.apache.kafka.streams.StreamsConfig.producerPrefix;
import static org.apache.kafka.streams.StreamsConfig.restoreConsumerPrefix;

import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The settings of an exactly-once application that answers fast. The defaults of Kafka Streams commit every 100 ms and
 * wait 100 ms when a new transaction meets the end of the last one, which makes an order of four hops take 300 ms.
 */
final class ExactlyOnce {

    /**
     * Commits are asked for by the processor; this one is for offsets only, of the ends of transactions that were read. Kafka
     * Streams takes every tick for something to commit: at a second, five services that did nothing wrote five transactions a
     * second.
     */
    private static final int BACKSTOP_COMMIT_MS = 15_000;

    /** Polls end when records arrive, an effect comes back or a timer is due: a longer one costs less while idle. */
    private static final int POLL_MS = 500;

    /**
     * A fetch ends as soon as there is a record of the partitions that it names: this is how often one begins anew while there
     * is none. After a restart of the broker the first one names only the partitions that are found again by then, and the
     * others have to wait for its end.
     */
    private static final int FETCH_WAIT_MS = 500;

    /**
     * What changes several times before a commit goes to its changelog once. Room for what one commit holds is enough:
     * reads are served from memory by RocksDB, too.
     */
    private static final long CACHE_BYTES = 2L << 20;

    private static final int RELAXED_FETCH_BYTES = 256 * 1024;
    private static final int RELAXED_FETCH_MS = 1_000;
    private static final int TRANSACTION_TIMEOUT_MS = 30_000;
    private static final int LARGEST_REQUEST_BYTES = 3 * 1024 * 1024;
    /** Records leave with the commit, which waits for no linger: before it they would only be more requests. */
    private static final int LINGER_MS = 100;

    /** What a transaction writes to one partition is one batch, unless it is large: each is an append, and may be a request. */
    private static final int BATCH_BYTES = 64 << 10;

    /** Topics stay the same. At five minutes, the first order after a quiet while would wait for each to be found again. */
    private static final long TOPICS_KNOWN_MS = Duration.ofDays(30).toMillis();

    private static final int QUICK_RETRY_MS = 2;
    private static final int RECONNECT_MS = 50;
    private static final int RECONNECT_MAX_MS = 500;

    private ExactlyOnce() {}

    /**
     * The properties of an application.
     *
     * @param relaxed whether its messages may wait for company
     */
    static Properties properties(String applicationId, boolean relaxed, KafkaConnection kafka) {
        Properties properties = new Properties();
        properties.putAll(kafka.clientProperties());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, kafka.stateDirectory().toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, kafka.threads());
        properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, kafka.standbys());
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, Short.toString(kafka.replication()));
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, BACKSTOP_COMMIT_MS);
        properties.put(StreamsConfig.POLL_MS_CONFIG, POLL_MS);
        properties.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, RecordTime.class);
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, RECONNECT_MS);
        properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_MAX_MS);
        properties.put(producerPrefix(CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG), QUICK_RETRY_MS);
        properties.put(producerPrefix(LINGER_MS_CONFIG), LINGER_MS);
        properties.put(producerPrefix(BATCH_SIZE_CONFIG), BATCH_BYTES);
        // A batch that meets the end of the last transaction is sent again; one behind it would arrive out of order.
        properties.put(producerPrefix(MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), 1);
        properties.put(producerPrefix(METADATA_MAX_IDLE_CONFIG), TOPICS_KNOWN_MS);
        properties.put(producerPrefix(TRANSACTION_TIMEOUT_CONFIG), TRANSACTION_TIMEOUT_MS);
        properties.put(producerPrefix(MAX_REQUEST_SIZE_CONFIG), LARGEST_REQUEST_BYTES);
        properties.put(consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        properties.put(mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), kafka.staticMember(applicationId));
        properties.put(
                mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
                Math.toIntExact(kafka.sessionTimeout().toMillis()));
        properties.put(
                mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                Math.toIntExact(kafka.sessionTimeout().toMillis() / 4));
        properties.put(restoreConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 10_000);
        properties.put(mainConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), FETCH_WAIT_MS);
        if (relaxed) {
            properties.put(mainConsumerPrefix(ConsumerConfig.FETCH_MIN_BYTES_CONFIG), RELAXED_FETCH_BYTES);
            properties.put(mainConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), RELAXED_FETCH_MS);
        }
        return properties;
    }
}
