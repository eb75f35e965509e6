package dev.orderflow.analytics.sink;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.runtime.DeadLetterHeaders;
import dev.orderflow.durable.runtime.Origin;
import dev.orderflow.schemas.Topics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Puts records that can never be handled where people look at them, with the reason. They are written before the position
 * that skips them; after a crash in between they are written again, with the same topic, partition and offset in their
 * headers.
 */
final class DeadLetters {

    /** One such record, and what is wrong with it. */
    record Letter(ConsumerRecord<byte[], byte[]> record, String reason) {}

    private final Producer<byte[], byte[]> producer;
    private final Clock clock;

    DeadLetters(Producer<byte[], byte[]> producer, Clock clock) {
        this.producer = producer;
        this.clock = clock;
    }

    /** Returns when all of them are safe in the log. */
    void write(List<Letter> letters) throws InterruptedException {
        List<Future<?>> sent = new ArrayList<>();
        for (Letter letter : letters) {
            ConsumerRecord<byte[], byte[]> record = letter.record();
            sent.add(producer.send(new ProducerRecord<>(
                    Topics.ANALYTICS_DEAD_LETTERS.name(),
                    null,
                    record.key(),
                    record.value(),
                    DeadLetterHeaders.of(
                            record.headers(),
                            "analytics",
                            new Origin(record.topic(), record.partition(), record.offset()),
                            clock.instant(),
                            letter.reason()))));
        }
        for (Future<?> each : sent) {
            try {
                each.get();
            } catch (ExecutionException refused) {
                throw new RetriableException("A dead letter could not be written: " + refused.getCause(), refused);
            }
        }
    }
}
