package dev.orderflow.durable.testing;

import dev.orderflow.durable.runtime.Routing;
import dev.orderflow.durable.runtime.TaskDefinition;
import dev.orderflow.durable.runtime.TaskTopology;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Queue;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/**
 * Runs a definition without a broker: messages go in, messages come out, time is advanced by hand, and effects run when
 * told to. Topics have one partition.
 */
public final class TaskTestDriver implements AutoCloseable {

    private final AvroSerdes serdes;
    private final Path state = temporaryDirectory();
    private final Queue<Runnable> attempts = new ArrayDeque<>();
    private final TopologyTestDriver driver;
    private Instant now;

    public record Output<T>(String key, T value, Headers headers) {}

    public TaskTestDriver(TaskDefinition<?> definition, Instant start) {
        this(definition, start, AvroSerdes.with(new InMemoryRegistry()));
    }

    /** @param serdes those that the definition itself uses, where it does */
    public TaskTestDriver(TaskDefinition<?> definition, Instant start, AvroSerdes serdes) {
        this.serdes = serdes;
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test-" + definition.service());
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        now = start;
        driver = new TopologyTestDriver(
                TaskTopology.of(definition, serdes, 1, (attempt, timeout, lost) -> attempts.add(attempt), () -> {}),
                properties,
                start);
    }

    public AvroSerdes serdes() {
        return serdes;
    }

    public Instant now() {
        return now;
    }

    public void send(String topic, String key, SpecificRecord value) {
        sendBytes(topic, Routing.keyBytes(key), serdes.serialize(topic, value));
    }

    public void sendBytes(String topic, byte[] key, byte[] value) {
        sendBytes(topic, key, value, new RecordHeaders());
    }

    public void sendBytes(String topic, byte[] key, byte[] value, Headers headers) {
        send(topic, new TestRecord<>(key, value, headers, now));
    }

    /** Sends a record that was written at another time than now. */
    public void sendBytesAt(String topic, byte[] key, byte[] value, Instant written) {
        send(topic, new TestRecord<>(key, value, new RecordHeaders(), written));
    }

    private void send(String topic, TestRecord<byte[], byte[]> record) {
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(record);
        tick();
    }

    /** Lets time pass; what is due meanwhile fires at the end of it. */
    public void advance(Duration time) {
        driver.advanceWallClockTime(time);
        now = now.plus(time);
    }

    /** Runs the tries of effects that have been begun, and those that they lead to at once; returns how many ran. */
    public int runEffects() {
        int ran = 0;
        tick();
        for (Runnable next = attempts.poll(); next != null; next = attempts.poll()) {
            next.run();
            ran++;
            tick();
            // What was not to leave before the commit leaves now.
            tick();
        }
        return ran;
    }

    /** How many tries have been begun and wait for {@link #runEffects}. */
    public int pendingEffects() {
        return attempts.size();
    }

    public <T extends SpecificRecord> List<Output<T>> outputs(String topic, Class<T> type) {
        List<Output<T>> found = new ArrayList<>();
        for (Output<byte[]> raw : rawOutputs(topic)) {
            found.add(new Output<>(raw.key(), serdes.deserialize(topic, raw.value(), type), raw.headers()));
        }
        return found;
    }

    public <T extends SpecificRecord> List<T> values(String topic, Class<T> type) {
        return outputs(topic, type).stream().map(Output::value).toList();
    }

    public List<Output<byte[]>> rawOutputs(String topic) {
        return driver
                .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()
                .stream()
                .map(record -> new Output<>(
                        record.key() == null ? null : new String(record.key(), java.nio.charset.StandardCharsets.UTF_8),
                        record.value(),
                        record.headers()))
                .toList();
    }

    public <V extends SpecificRecord> KeyValueStore<String, V> store(String name) {
        return driver.getKeyValueStore(name);
    }

    @Override
    public void close() {
        driver.close();
        try {
            Files.deleteIfExists(state);
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }

    /** Of this driver alone: others may run the same definition at the same time. */
    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("task-test-");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void tick() {
        advance(Duration.ofMillis(1));
    }
}
