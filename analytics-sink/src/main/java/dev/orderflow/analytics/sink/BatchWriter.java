package dev.orderflow.analytics.sink;

import dev.orderflow.analytics.batch.Batch;
import dev.orderflow.analytics.batch.OffsetRange;
import dev.orderflow.analytics.batch.RevenueStore;
import dev.orderflow.analytics.sink.FactReader.Reading;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Writes batches in the one order that loses nothing: dead letters, rows, and when all of them are safe the positions. A
 * crash at any point has the same batches, or others with the same records, written again.
 */
final class BatchWriter {

    private final FactReader reader;
    private final DeadLetters deadLetters;
    private final RevenueStore store;
    private final Patience patience;
    private final SinkStatus status;

    BatchWriter(FactReader reader, DeadLetters deadLetters, RevenueStore store, Patience patience, SinkStatus status) {
        this.reader = reader;
        this.deadLetters = deadLetters;
        this.store = store;
        this.patience = patience;
        this.status = status;
    }

    /** Returns when all of it is stored. */
    void write(List<Batch<ConsumerRecord<byte[], byte[]>>> batches) throws InterruptedException {
        List<OffsetRange> written = new ArrayList<>();
        for (Batch<ConsumerRecord<byte[], byte[]>> batch : batches) {
            OffsetRange range = batch.range();
            Reading reading = patience.insist("decode " + range.token(), () -> reader.read(batch.records()));
            patience.insist("write dead letters of " + range.token(), () -> {
                deadLetters.write(reading.letters());
                return true;
            });
            patience.insist("store " + range.token(), () -> {
                store.store(range, reading.facts());
                return true;
            });
            status.stored(reading.facts().size(), reading.letters().size());
            written.add(range);
        }
        patience.insist("store the positions behind " + written.size() + " batches", () -> {
            store.advance(written);
            return true;
        });
    }
}
