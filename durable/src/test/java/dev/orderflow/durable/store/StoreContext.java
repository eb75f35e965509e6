package dev.orderflow.durable.store;

import java.io.File;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.BatchingStateRestoreCallback;
import org.apache.kafka.streams.processor.CommitCallback;
import org.apache.kafka.streams.processor.StateRestoreCallback;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** As much of Kafka Streams as a store sees, restoring included. */
final class StoreContext implements StateStoreContext {

    private final Path taskDirectory;
    private BatchingStateRestoreCallback callback;

    StoreContext(Path taskDirectory) {
        this.taskDirectory = taskDirectory;
    }

    void restore(Collection<KeyValue<byte[], byte[]>> rows) {
        callback.restoreAll(rows);
    }

    @Override
    public void register(StateStore store, StateRestoreCallback restore) {
        callback = (BatchingStateRestoreCallback) restore;
    }

    @Override
    public void register(StateStore store, StateRestoreCallback restore, CommitCallback commit) {
        register(store, restore);
    }

    @Override
    public TaskId taskId() {
        return new TaskId(0, 0);
    }

    @Override
    public File stateDir() {
        return taskDirectory.toFile();
    }

    @Override
    public String applicationId() {
        return "test";
    }

    @Override
    public Optional<RecordMetadata> recordMetadata() {
        return Optional.empty();
    }

    @Override
    public Serde<?> keySerde() {
        return Serdes.ByteArray();
    }

    @Override
    public Serde<?> valueSerde() {
        return Serdes.ByteArray();
    }

    @Override
    public StreamsMetrics metrics() {
        throw new UnsupportedOperationException("No metrics here");
    }

    @Override
    public Map<String, Object> appConfigs() {
        return Map.of();
    }

    @Override
    public Map<String, Object> appConfigsWithPrefix(String prefix) {
        return Map.of();
    }
}
