package dev.orderflow.durable.runtime;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/**
 * Counts the records that stores are restored from: few after a kill, all of them where a table was lost. Safe for use by
 * several threads.
 */
final class RestoreMeter implements StateRestoreListener {

    private final MeterRegistry meters;
    private final String service;

    RestoreMeter(MeterRegistry meters, String service) {
        this.meters = meters;
        this.service = service;
    }

    @Override
    public void onRestoreStart(TopicPartition partition, String store, long from, long to) {
        restored(store);
    }

    @Override
    public void onBatchRestored(TopicPartition partition, String store, long to, long records) {
        restored(store).increment((double) records);
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long records) {
        // Its batches have been counted.
    }

    private Counter restored(String store) {
        return meters.counter("orderflow.restored.records", "service", service, "store", store);
    }
}
