package dev.orderflow.local.tables;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Stops a service between the two steps of a commit: what it has changed is in its changelog, and the transaction is open. Named
 * in a setting of its producer; Kafka makes it.
 */
public final class HangOnceSent implements ProducerInterceptor<byte[], byte[]> {

    static final Map<String, String> SETTING = Map.of("producer.interceptor.classes", HangOnceSent.class.getName());

    private static volatile @Nullable Runnable hang;

    /** Runs this on the thread that sends, as soon as the next record of the changelog is acknowledged. */
    static void arm(Runnable hang) {
        HangOnceSent.hang = hang;
    }

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        return record;
    }

    @Override
    public void onAcknowledgement(RecordMetadata metadata, Exception failure) {
        Runnable armed = hang;
        if (armed != null && metadata.topic().equals(Things.CHANGELOG)) {
            armed.run();
        }
    }

    @Override
    public void configure(Map<String, ?> settings) {
        // There is nothing to set.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
