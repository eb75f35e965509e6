package dev.orderflow.durable.wire;

import dev.orderflow.durable.PoisonException;
import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.settings.Settings;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * How records become bytes and back. The serializer and deserializer are chosen by class name ({@code avro.serializer},
 * {@code avro.deserializer}), so that Confluent's own can be put in the place of those here. Safe for use by several
 * threads as far as the chosen classes are, as both of these are.
 */
public final class AvroSerdes {

    private final Serializer<SpecificRecord> serializer;
    private final Deserializer<?> deserializer;

    static {
        // Also for serdes that are not ours, which make objects of generated types without asking for them to be
        // trusted.
        GeneratedTypes.trust();
    }

    private AvroSerdes(Serializer<SpecificRecord> serializer, Deserializer<?> deserializer) {
        this.serializer = serializer;
        this.deserializer = deserializer;
    }

    /**
     * Serdes by settings: {@code registry.url}, {@code registry.memory}, {@code avro.serializer}, {@code avro.deserializer}, and everything below
     * {@code avro.property.} handed on to both.
     */
    public static AvroSerdes from(Settings settings) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(RegistrySetting.URL, settings.required("registry.url"));
        settings.find("registry.memory").ifPresent(directory -> properties.put(RegistrySetting.MEMORY, directory));
        properties.put("specific.avro.reader", "true");
        properties.putAll(settings.below("avro.property."));
        return new AvroSerdes(
                create(settings.text("avro.serializer", AvroSerializer.class.getName()), Serializer.class, properties),
                create(
                        settings.text("avro.deserializer", AvroDeserializer.class.getName()),
                        Deserializer.class,
                        properties));
    }

    /** Serdes that use this registry. */
    public static AvroSerdes with(RegistryClient registry) {
        Map<String, Object> properties = Map.of(RegistrySetting.CLIENT, registry);
        AvroSerializer serializer = new AvroSerializer();
        serializer.configure(properties, false);
        AvroDeserializer deserializer = new AvroDeserializer();
        deserializer.configure(properties, false);
        return new AvroSerdes(serializer, deserializer);
    }

    /**
     * Asks the registry for all that the first record of this type on a topic would ask it for. Serdes that are not ours ask
     * when that record comes.
     *
     * @throws TerminalException when the registry refuses the schema
     * @throws dev.orderflow.durable.RetriableException when the registry cannot be reached
     */
    public void learnToWrite(String topic, Class<? extends SpecificRecord> type) {
        if (serializer instanceof AvroSerializer ours) {
            int id = ours.learn(topic, SpecificData.get().getSchema(type));
            if (deserializer instanceof AvroDeserializer reading) {
                reading.learn(id);
            }
        }
    }

    /**
     * Asks the registry for the newest schema that others have written a topic with.
     *
     * @throws dev.orderflow.durable.RetriableException when the registry cannot be reached
     */
    public void learnToRead(String topic) {
        if (deserializer instanceof AvroDeserializer ours) {
            ours.learn(topic);
        }
    }

    /**
     * The bytes of a record on a topic.
     *
     * @throws TerminalException when the registry refuses the schema
     * @throws dev.orderflow.durable.RetriableException when the registry cannot be reached
     */
    public byte[] serialize(String topic, SpecificRecord value) {
        try {
            return serializer.serialize(topic, value);
        } catch (RuntimeException failure) {
            throw ForeignFailure.ofWriting(topic, failure);
        }
    }

    /**
     * The record in these bytes.
     *
     * @throws PoisonException when they hold none, or one of another type
     * @throws dev.orderflow.durable.RetriableException when the registry cannot be reached
     */
    public <T extends SpecificRecord> T deserialize(String topic, byte[] bytes, Class<T> type) {
        Object value = read(topic, bytes);
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        if (value instanceof GenericRecord && !(value instanceof SpecificRecord)) {
            throw new TerminalException("The deserializer reads records of " + topic + " without their generated class:"
                    + " leave avro.property.specific.avro.reader at true.");
        }
        throw new PoisonException(
                "A record of the type " + typeOf(value) + " on " + topic + ", which carries " + type.getSimpleName());
    }

    /** A serde of one type, for a state store. */
    public <T extends SpecificRecord> Serde<T> serde(Class<T> type) {
        return Serdes.serdeFrom(
                (topic, value) -> value == null ? null : serialize(topic, value),
                (topic, bytes) -> bytes == null ? null : stored(topic, bytes, type));
    }

    private @Nullable Object read(String topic, byte[] bytes) {
        try {
            return deserializer.deserialize(topic, bytes);
        } catch (RuntimeException failure) {
            throw ForeignFailure.ofReading(topic, failure);
        }
    }

    private static String typeOf(@Nullable Object value) {
        if (value instanceof SpecificRecord record) {
            return record.getSchema().getFullName();
        }
        return value == null ? "null" : value.getClass().getName();
    }

    /** What this service has written itself is no poison: taking each record that needs it for one would lose them all. */
    private <T extends SpecificRecord> T stored(String topic, byte[] bytes, Class<T> type) {
        try {
            return deserialize(topic, bytes, type);
        } catch (PoisonException unreadable) {
            throw new TerminalException(
                    "The state in " + topic + " cannot be read: " + unreadable.getMessage()
                            + ". See that the registry still has the schemas it was written with.",
                    unreadable);
        }
    }

    @SuppressWarnings("unchecked") // the class is named by whoever runs this; a wrong one fails at its first record
    private static <S> S create(String className, Class<? super S> kind, Map<String, Object> properties) {
        try {
            Object created = Class.forName(className).getDeclaredConstructor().newInstance();
            if (created instanceof Serializer<?> made) {
                made.configure(properties, false);
            } else if (created instanceof Deserializer<?> made) {
                made.configure(properties, false);
            }
            return (S) kind.cast(created);
        } catch (ReflectiveOperationException | ClassCastException unusable) {
            throw new TerminalException(
                    className + " cannot be used as a " + kind.getSimpleName()
                            + ": name a class with a public constructor without parameters, and see that its jar is"
                            + " on the class path (-Pconfluent adds Confluent's).",
                    unusable);
        }
    }
}
