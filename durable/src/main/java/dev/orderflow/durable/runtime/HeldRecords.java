package dev.orderflow.durable.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.jspecify.annotations.Nullable;

/**
 * The records of one transaction until it is flushed. A producer that is given them one by one wakes its sending thread for each
 * partition that the transaction has not written to yet, which finds nothing that is due. Safe for use by several threads:
 * whoever is told of a failure may send again.
 */
final class HeldRecords {

    private final List<Held> held = new ArrayList<>();

    private record Held(
            ProducerRecord<byte[], byte[]> record,
            @Nullable Callback callback,
            CompletableFuture<RecordMetadata> sent) {

        /** As a producer completes it: exactly one of the two is there. */
        void complete(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
            if (failure == null) {
                sent.complete(metadata);
            } else {
                sent.completeExceptionally(failure);
            }
            if (callback != null) {
                callback.onCompletion(metadata, failure);
            }
        }
    }

    /** What it returns is done when the record has been sent and acknowledged, or cannot be: not before it is released. */
    synchronized Future<RecordMetadata> hold(ProducerRecord<byte[], byte[]> record, @Nullable Callback callback) {
        CompletableFuture<RecordMetadata> sent = new CompletableFuture<>();
        held.add(new Held(record, callback, sent));
        return sent;
    }

    /**
     * Hands all of them to a producer, in the order in which they came. One that it refuses ends as one that it could not send,
     * since whoever sent it has gone on; where it was fenced, with the reason by which that is known.
     *
     * @return why it has refused one, the first of several; null when it has taken all
     */
    @Nullable
    RuntimeException releaseTo(BiConsumer<ProducerRecord<byte[], byte[]>, Callback> producer) {
        RuntimeException first = null;
        for (Held next : takeAll()) {
            try {
                producer.accept(next.record(), next::complete);
            } catch (RuntimeException refused) {
                first = first == null ? refused : first;
                next.complete(null, reason(refused));
            }
        }
        return first;
    }

    /** None of them will be sent: the transaction is aborted, or the producer closed. */
    void drop() {
        takeAll().forEach(record -> record.complete(null, new TransactionAbortedException()));
    }

    private synchronized List<Held> takeAll() {
        List<Held> all = List.copyOf(held);
        held.clear();
        return all;
    }

    private static RuntimeException reason(RuntimeException refused) {
        return refused instanceof KafkaException && refused.getCause() instanceof KafkaException cause
                ? cause
                : refused;
    }
}
