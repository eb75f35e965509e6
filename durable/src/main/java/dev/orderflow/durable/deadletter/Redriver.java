package dev.orderflow.durable.deadletter;

import dev.orderflow.durable.runtime.DeadLetterHeaders;
import dev.orderflow.durable.runtime.KafkaConnection;
import dev.orderflow.durable.runtime.Origin;
import dev.orderflow.durable.runtime.TaskDefinition;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes dead letters to where their services read them again. */
final class Redriver {

    private static final int LONGEST_MS = 10_000;
    private static final int REQUEST_MS = 4_000;
    private static final int LARGEST_REQUEST_BYTES = 3 << 20;

    private final Instant time;
    private final @Nullable String reason;
    private final Function<DeadLetter, Optional<Instant>> until;

    /**
     * Sends with the same words.
     *
     * @param time of all of them; their own is in their headers
     * @param until may be handled until then
     */
    Redriver(Instant time, @Nullable String reason, Function<DeadLetter, Optional<Instant>> until) {
        this.time = time;
        this.reason = reason;
        this.until = until;
    }

    /** Sends each again, and waits until all are safe in the log. */
    Map<DeadLetterId, Redrive> send(KafkaConnection kafka, Map<DeadLetterId, ConsumerRecord<byte[], byte[]>> letters) {
        Map<DeadLetterId, Redrive> results = new HashMap<>();
        if (letters.isEmpty()) {
            return results;
        }
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties(kafka), new ByteArraySerializer(), new ByteArraySerializer())) {
            Map<DeadLetterId, Future<RecordMetadata>> sent = new HashMap<>();
            letters.forEach((id, letter) -> sent.put(id, send(producer, again(id, letter))));
            sent.forEach((id, record) -> results.put(id, result(id, record)));
        }
        return results;
    }

    private ProducerRecord<byte[], byte[]> again(DeadLetterId id, ConsumerRecord<byte[], byte[]> letter) {
        Instant last = until.apply(DeadLetters.letter(id.service(), letter)).orElse(null);
        return new ProducerRecord<>(
                TaskDefinition.redriveTopicOf(id.service()),
                null,
                time.toEpochMilli(),
                letter.key(),
                letter.value(),
                DeadLetterHeaders.again(letter.headers(), id.toString(), time, last, reason));
    }

    /** What fails at once is told as what fails later is: others may be on their way. */
    private static Future<RecordMetadata> send(
            KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
        try {
            return producer.send(record);
        } catch (KafkaException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private Redrive result(DeadLetterId id, Future<RecordMetadata> sent) {
        try {
            RecordMetadata to = sent.get();
            return new Redrive.Sent(id, time, new Origin(to.topic(), to.partition(), to.offset()));
        } catch (ExecutionException failure) {
            return notKnown(id, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return notKnown(id, interrupted);
        }
    }

    private static Redrive notKnown(DeadLetterId id, Throwable failure) {
        return new Redrive.Refused(
                id, "whether it was written is not known: list it to see. The reason: " + failure.getMessage());
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
        return properties;
    }
}
