package dev.orderflow.durable.wire;

import dev.orderflow.durable.PoisonException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads Avro in Confluent's wire format into the generated class that has the name of the writer's schema, resolved to
 * the schema of that class. Safe for use by several threads. Bytes that cannot be read end in a {@link PoisonException};
 * a registry that cannot be reached in a {@link dev.orderflow.durable.RetriableException}.
 */
public final class AvroDeserializer implements Deserializer<SpecificRecord> {

    private static final int HEADER_BYTES = 5;

    private final Map<Integer, SpecificDatumReader<SpecificRecord>> readers = new ConcurrentHashMap<>();
    private @Nullable RegistryClient registry;
    private String suffix = "-value";

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
    public SpecificRecord deserialize(String topic, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        if (bytes.length < HEADER_BYTES || bytes[0] != 0) {
            throw new PoisonException("Not in Confluent's wire format: " + bytes.length
                    + " bytes that do not begin with a zero byte and a schema id");
        }
        int id = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
        if (id < 0) {
            throw new PoisonException("Not in Confluent's wire format: the schema id " + id + " is negative");
        }
        SpecificDatumReader<SpecificRecord> reader = reader(id);
        BinaryDecoder decoder =
                DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, null);
        try {
            SpecificRecord value = reader.read(null, decoder);
            if (!decoder.isEnd()) {
                throw new PoisonException("Bytes are left over behind the Avro record of schema " + id);
            }
            return value;
        } catch (IOException
                | AvroRuntimeException
                | IndexOutOfBoundsException
                | NegativeArraySizeException
                | UnsupportedOperationException broken) {
            throw new PoisonException("No Avro record of schema " + id + ": " + broken, broken);
        }
    }

    /** Makes what reads records of a schema, so that the first of them does not wait for the registry. */
    void learn(int id) {
        reader(id);
    }

    /** The same for the newest schema of a topic, where it has one. */
    void learn(String topic) {
        if (registry != null) {
            registry.newest(topic + suffix).ifPresent(this::learn);
        }
    }

    private SpecificDatumReader<SpecificRecord> reader(int id) {
        SpecificDatumReader<SpecificRecord> known = readers.get(id);
        if (known != null) {
            return known;
        }
        if (registry == null) {
            throw new IllegalStateException("configure(...) was not called");
        }
        Schema writer = registry.byId(id);
        Class<?> type;
        try {
            type = SpecificData.get().getClass(writer);
        } catch (SecurityException untrusted) {
            throw new PoisonException(
                    "Schema " + id + " names a class that no record may make: " + writer.getFullName(), untrusted);
        }
        if (type == null || !SpecificRecord.class.isAssignableFrom(type)) {
            throw new PoisonException(
                    "Schema " + id + " is of the type " + writer.getFullName() + ", which nobody reads here");
        }
        SpecificDatumReader<SpecificRecord> reader =
                new SpecificDatumReader<>(writer, SpecificData.get().getSchema(type));
        readers.put(id, reader);
        return reader;
    }
}
