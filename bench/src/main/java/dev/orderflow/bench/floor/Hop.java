package dev.orderflow.bench.floor;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Hands the records of one topic on to the next, exactly once, one transaction for what one poll brought. */
@SuppressWarnings("FutureReturnValueIgnored") // the commit of the transaction says whether a record was written
final class Hop implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);

    private final String name;
    private final String from;
    private final String to;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Thread thread;
    private volatile boolean closing;

    Hop(String bootstrap, String name, String from, String to) {
        this.name = name;
        this.from = from;
        this.to = to;
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.GROUP_ID_CONFIG,
                        name,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        "false",
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed"),
                bytes,
                bytes);
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        name,
                        ProducerConfig.LINGER_MS_CONFIG,
                        "5",
                        // The end of one transaction is met by the begin of the next.
                        ProducerConfig.RETRY_BACKOFF_MS_CONFIG,
                        "2"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.thread = new Thread(this::run, name);
    }

    void start() {
        thread.start();
    }

    void join() throws InterruptedException {
        thread.join();
    }

    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
    }

    private void run() {
        List<TopicPartition> partitions = consumer.partitionsFor(from).stream()
                .map(each -> new TopicPartition(each.topic(), each.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        producer.initTransactions();
        while (!closing) {
            try {
                handOn(consumer.poll(POLL));
            } catch (WakeupException | InterruptException toldToStop) {
                return;
            }
        }
    }

    private void handOn(ConsumerRecords<byte[], byte[]> records) {
        if (records.isEmpty()) {
            return;
        }
        producer.beginTransaction();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            producer.send(new ProducerRecord<>(to, record.key(), record.value()));
        }
        producer.flush();
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>(records.nextOffsets());
        producer.sendOffsetsToTransaction(positions, consumer.groupMetadata());
        producer.commitTransaction();
    }

    @Override
    public String toString() {
        return name;
    }
}
