package dev.orderflow.analytics.sink;

import dev.orderflow.analytics.batch.Batch;
import dev.orderflow.analytics.batch.OffsetRange;
import dev.orderflow.analytics.batch.RevenueStore;
import dev.orderflow.analytics.sink.FactReader.Reading;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Writes batches in the one order that loses nothing: dead letters, rows, and when all of them are safe the positions. A
 * crash at any point has the same batches, or others with the same records, written again. Safe for use by several
 * threads.
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

    /** Writes what is in a batch, and returns its range when all of it is safe. */
    OffsetRange write(Batch<ConsumerRecord<byte[], byte[]>> batch) throws InterruptedException {
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
        return range;
    }

    /** Writes the positions behind ranges of which everything is safe. */
    void advance(List<OffsetRange> written) throws InterruptedException {
        patience.insist("store the positions behind " + written.size() + " batches", () -> {
            store.advance(written);
            return true;
        });
    }
}
