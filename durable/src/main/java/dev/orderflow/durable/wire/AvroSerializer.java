package dev.orderflow.durable.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes Avro in Confluent's wire format: a zero byte, the schema's id as four bytes big endian, then the Avro binary.
 * Schemas are registered under {@code <topic>-value} (or {@code -key}) when first written. Safe for use by several
 * threads.
 *
 * @see <a href="https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/">the wire
 *     format</a>
 */
public final class AvroSerializer implements Serializer<SpecificRecord> {

    private static final int TYPICAL_BYTES = 4096;

    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    private final Map<Schema, SpecificDatumWriter<SpecificRecord>> writers = new ConcurrentHashMap<>();
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private @Nullable RegistryClient registry;
    private String suffix = "-value";

    /** What a thread writes with, again and again: both are dear to make and grow to the size of what is written. */
    private static final class Scratch {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream(TYPICAL_BYTES);
        private @Nullable BinaryEncoder encoder;
    }

    /** The schema that a topic was last written with, and its id. */
    private record Known(Schema schema, int id) {}

    static {
        GeneratedTypes.trust();
    }

    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {
        registry = RegistrySetting.clientFrom(settings);
        suffix = isKey ? "-key" : "-value";
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka's contract: null in, null out; its interface is not annotated
    public byte[] serialize(String topic, @Nullable SpecificRecord value) {
        if (value == null) {
            return null;
        }
        Schema schema = value.getSchema();
        int id = id(topic, schema);
        Scratch scratch = SCRATCH.get();
        ByteArrayOutputStream out = scratch.out;
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, scratch.encoder);
        scratch.encoder = encoder;
        // Only now: an encoder that is used again lets go of what a record has left that could not be written.
        out.reset();
        out.write(0);
        out.write(id >>> 24);
        out.write(id >>> 16);
        out.write(id >>> 8);
        out.write(id);
        try {
            writer(schema).write(value, encoder);
            encoder.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    /** Registers what a topic will carry and makes what writes it, so that its first record waits for neither. */
    int learn(String topic, Schema schema) {
        writer(schema);
        return id(topic, schema);
    }

    private int id(String topic, Schema schema) {
        Known last = known.get(topic);
        if (last != null && last.schema().equals(schema)) {
            return last.id();
        }
        if (registry == null) {
            throw new IllegalStateException("configure(...) was not called");
        }
        int id = registry.register(topic + suffix, schema);
        known.put(topic, new Known(schema, id));
        return id;
    }

    private SpecificDatumWriter<SpecificRecord> writer(Schema schema) {
        return writers.computeIfAbsent(schema, added -> new SpecificDatumWriter<>(added));
    }
}
