package dev.orderflow.durable.wire;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * A pair of serdes of {@code Object} that throws as Confluent's does. {@code avro.property.registry.answers} makes its
 * registry fail.
 */
final class ConfluentLike {

    static final String ANSWERS = "registry.answers";

    static final InMemoryRegistry REGISTRY = new InMemoryRegistry();

    private ConfluentLike() {}

    /** What a registry's client throws for an answer that is an error. */
    private static final class RestException extends Exception {
        private static final long serialVersionUID = 1;

        RestException(String message, int code) {
            super(message + "; error code: " + code);
        }
    }

    private static void failAsTold(Map<String, ?> settings) throws IOException, RestException {
        switch (String.valueOf(settings.get(ANSWERS))) {
            case "unreachable" -> throw new ConnectException("Connection refused");
            case "timeout" -> throw new TimeoutException("took too long");
            case "broken" -> throw new RestException("Error in the backend data store", 50001);
            case "busy" -> throw new RestException("Too many requests", 429);
            case "unauthorized" -> throw new RestException("Unauthorized", 401);
            case "not found" -> throw new RestException("Schema 7 not found", 40403);
            case "bare not found" -> throw new RestException("HTTP 404 Not Found", 404);
            case "incompatible" -> throw new RestException("Schema being registered is incompatible", 409);
            default -> {
                // it answers
            }
        }
    }

    private static KafkaException translated(String message, RestException answer) {
        String code = String.valueOf(answer.getMessage()).replaceFirst(".*; error code: ", "");
        return code.length() == 3
                ? new InvalidConfigurationException(answer.getMessage())
                : new SerializationException(message, answer);
    }

    /** Writes any Avro record. */
    public static final class Writer implements Serializer<Object> {

        private Map<String, ?> settings = Map.of();

        @Override
        public void configure(Map<String, ?> settings, boolean isKey) {
            this.settings = settings;
        }

        @Override
        public byte[] serialize(String topic, Object value) {
            if (value == null) {
                return null;
            }
            try {
                failAsTold(settings);
                Schema schema = ((SpecificRecord) value).getSchema();
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                out.write(0);
                out.write(ByteBuffer.allocate(Integer.BYTES)
                        .putInt(REGISTRY.register(topic + "-value", schema))
                        .array());
                BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
                new SpecificDatumWriter<>(schema).write(value, encoder);
                encoder.flush();
                return out.toByteArray();
            } catch (RestException answer) {
                throw translated("Error registering Avro schema", answer);
            } catch (TimeoutException passing) {
                throw passing;
            } catch (IOException | RuntimeException failure) {
                throw new SerializationException("Error serializing Avro message", failure);
            }
        }
    }

    /** Reads any Avro record, into its generated class where {@code specific.avro.reader} says so. */
    public static final class Reader implements Deserializer<Object> {

        private Map<String, ?> settings = Map.of();

        @Override
        public void configure(Map<String, ?> settings, boolean isKey) {
            this.settings = settings;
        }

        @Override
        public Object deserialize(String topic, byte[] bytes) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            if (buffer.get() != 0) {
                throw new SerializationException("Unknown magic byte!");
            }
            Schema writer = schema(buffer.getInt());
            try {
                return reader(writer).read(null, DecoderFactory.get().binaryDecoder(bytes, 5, bytes.length - 5, null));
            } catch (EOFException truncated) {
                throw new SerializationException("Error deserializing Avro message", truncated);
            } catch (IOException | RuntimeException failure) {
                throw new SerializationException("Error deserializing Avro message", failure);
            }
        }

        private Schema schema(int id) {
            try {
                failAsTold(settings);
                return REGISTRY.byId(id);
            } catch (RestException answer) {
                throw translated("Error retrieving Avro schema for id " + id, answer);
            } catch (IOException unreachable) {
                throw new SerializationException("Error retrieving Avro schema for id " + id, unreachable);
            }
        }

        private DatumReader<Object> reader(Schema writer) {
            if (writer.getType() != Schema.Type.RECORD
                    || !Boolean.parseBoolean(String.valueOf(settings.get("specific.avro.reader")))) {
                return new GenericDatumReader<>(writer);
            }
            Class<?> type = SpecificData.get().getClass(writer);
            if (type == null) {
                throw new SerializationException("Could not find class " + writer.getFullName());
            }
            return new SpecificDatumReader<>(writer, SpecificData.get().getSchema(type));
        }
    }
}
