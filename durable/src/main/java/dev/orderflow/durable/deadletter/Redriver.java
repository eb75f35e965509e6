package dev.orderflow.durable.deadletter;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.runtime.KafkaConnection;
import dev.orderflow.durable.runtime.Origin;
import dev.orderflow.durable.runtime.TaskDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes dead letters to where their services read them again. For use by one thread. */
final class Redriver implements AutoCloseable {

    private static final int LONGEST_MS = 10_000;
    private static final int REQUEST_MS = 4_000;
    private static final int LARGEST_REQUEST_BYTES = 3 << 20;
    private static final long BUFFER_BYTES = 8L << 20;

    private final KafkaProducer<byte[], byte[]> producer;
    private final Instant time;
    private final long endNanos;
    private final Map<DeadLetterId, Future<RecordMetadata>> sent = new LinkedHashMap<>();

    private Redriver(KafkaProducer<byte[], byte[]> producer, Instant time, long endNanos) {
        this.producer = producer;
        this.time = time;
        this.endNanos = endNanos;
    }

    /**
     * Finds the topics of all of them, so that nothing waits for that later.
     *
     * @param time that of all of them in their topic, which forgets them by it; their own is in their headers
     * @param patience how long all sending may take together
     * @throws RetriableException when Kafka cannot be reached; then nothing was sent
     */
    static Redriver connect(KafkaConnection kafka, Collection<DeadLetterId> ids, Instant time, Duration patience) {
        long endNanos = System.nanoTime() + patience.toNanos();
        try {
            KafkaProducer<byte[], byte[]> producer =
                    new KafkaProducer<>(properties(kafka), new ByteArraySerializer(), new ByteArraySerializer());
            try {
                ids.stream()
                        .map(id -> TaskDefinition.redriveTopicOf(id.service()))
                        .distinct()
                        .forEach(producer::partitionsFor);
                return new Redriver(producer, time, endNanos);
            } catch (KafkaException unreached) {
                producer.close(Duration.ZERO);
                throw unreached;
            }
        } catch (KafkaException unreached) {
            throw new RetriableException(
                    "Nothing was sent, since Kafka does not answer: " + unreached.getMessage(), unreached);
        }
    }

    /** Hands one to the producer. After the end of patience it is not sent any more, and told as that. */
    void send(DeadLetterId id, ConsumerRecord<byte[], byte[]> letter, Headers headers) {
        if (System.nanoTime() - endNanos > 0) {
            sent.put(
                    id,
                    CompletableFuture.failedFuture(new NotSent("it was not sent: sending takes too long; ask again")));
            return;
        }
        try {
            sent.put(
                    id,
                    producer.send(new ProducerRecord<>(
                            TaskDefinition.redriveTopicOf(id.service()),
                            null,
                            time.toEpochMilli(),
                            letter.key(),
                            letter.value(),
                            headers)));
        } catch (KafkaException failure) {
            sent.put(id, CompletableFuture.failedFuture(failure));
        }
    }

    /** What became of each, when that is known of all, or patience is over. */
    Map<DeadLetterId, Redrive> results() {
        Map<DeadLetterId, Redrive> results = new HashMap<>();
        sent.forEach((id, record) -> results.put(id, result(id, record)));
        return results;
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }

    private Redrive result(DeadLetterId id, Future<RecordMetadata> record) {
        try {
            long left = Math.max(0, endNanos - System.nanoTime()) + TimeUnit.MILLISECONDS.toNanos(LONGEST_MS);
            RecordMetadata to = record.get(left, TimeUnit.NANOSECONDS);
            return new Redrive.Sent(id, time, new Origin(to.topic(), to.partition(), to.offset()));
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause();
            return cause instanceof NotSent || cause instanceof RecordTooLargeException
                    ? new Redrive.Refused(id, String.valueOf(cause.getMessage()))
                    : notKnown(id, String.valueOf(cause));
        } catch (TimeoutException late) {
            return notKnown(id, "no answer in time");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return notKnown(id, "the service ends");
        }
    }

    private static Redrive notKnown(DeadLetterId id, String why) {
        return new Redrive.Refused(id, "whether it was sent is not known (" + why + "): list it to see");
    }

    private static final class NotSent extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotSent(String message) {
            super(message);
        }
    }

    private static Map<String, Object> properties(KafkaConnection kafka) {
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, kafka.applicationId("redrives"));
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LONGEST_MS);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, LONGEST_MS);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MS);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST_BYTES);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        return properties;
    }
}
