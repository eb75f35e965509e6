package dev.orderflow.durable.wire;

import static dev.orderflow.durable.note.Notes.note;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.durable.PoisonException;
import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.note.Note;
import dev.orderflow.durable.note.Other;
import dev.orderflow.durable.settings.Settings;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Serdes that are not ours, chosen by class name: what they throw comes to what ours throw. */
class ForeignSerdesTest {

    private static final String TOPIC = "notes";

    private final AvroSerdes serdes = serdes(Map.of());

    @Test
    void shouldReadAndWriteWhatOursDo() {
        AvroSerdes ours = AvroSerdes.with(ConfluentLike.REGISTRY);

        byte[] bytes = serdes.serialize(TOPIC, note("a", "text"));

        assertThat(bytes).isEqualTo(ours.serialize(TOPIC, note("a", "text")));
        assertThat(serdes.deserialize(TOPIC, bytes, Note.class)).isEqualTo(ours.deserialize(TOPIC, bytes, Note.class));
    }

    @Test
    void shouldServeStateStores() {
        var serde = serdes.serde(Note.class);

        byte[] bytes = serde.serializer().serialize("notes-changelog", note("a"));

        assertThat(serde.deserializer().deserialize("notes-changelog", bytes)).isEqualTo(note("a"));
        assertThat(serde.serializer().serialize("notes-changelog", null)).isNull();
        assertThat(serde.deserializer().deserialize("notes-changelog", null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "0000", "01000000010203", "7b226f72646572"})
    void shouldCallBytesPoisonThatAreNoRecord(String hex) {
        assertPoison(serdes, HexFormat.of().parseHex(hex));
    }

    @Test
    void shouldCallTruncatedRecordsPoison() {
        byte[] bytes = serdes.serialize(TOPIC, note("a", "text"));

        for (int length = 0; length < bytes.length; length++) {
            assertPoison(serdes, Arrays.copyOf(bytes, length));
        }
    }

    @Test
    void shouldCallOtherTypesPoison() {
        Schema unknown =
                SchemaBuilder.record("Nobody").fields().requiredInt("x").endRecord();

        assertPoison(serdes, serdes.serialize(TOPIC, new Other(5)));
        assertPoison(serdes, wire(unknown, new byte[] {2}));
        assertPoison(serdes, wire(Schema.create(Schema.Type.STRING), new byte[] {2, 'a'}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"not found", "bare not found"})
    void shouldCallASchemaPoisonThatTheRegistryDoesNotKnow(String answer) {
        byte[] bytes = serdes.serialize(TOPIC, note("a"));

        assertPoison(serdes(Map.of(ConfluentLike.ANSWERS, answer)), bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unreachable", "timeout", "broken", "busy"})
    void shouldTryAgainWhereTheRegistryFails(String answer) {
        byte[] bytes = serdes.serialize(TOPIC, note("a"));
        AvroSerdes failing = serdes(Map.of(ConfluentLike.ANSWERS, answer));

        assertThatExceptionOfType(RetriableException.class)
                .isThrownBy(() -> failing.deserialize(TOPIC, bytes, Note.class))
                .withMessageContaining(TOPIC);
        assertThatExceptionOfType(RetriableException.class)
                .isThrownBy(() -> failing.serialize(TOPIC, note("a")))
                .withMessageContaining(TOPIC);
    }

    @Test
    void shouldStopWhereTheRegistryLetsNobodyIn() {
        byte[] bytes = serdes.serialize(TOPIC, note("a"));
        AvroSerdes refused = serdes(Map.of(ConfluentLike.ANSWERS, "unauthorized"));

        assertThatExceptionOfType(TerminalException.class)
                .isThrownBy(() -> refused.deserialize(TOPIC, bytes, Note.class))
                .withMessageContaining("right to read");
        assertThatExceptionOfType(TerminalException.class).isThrownBy(() -> refused.serialize(TOPIC, note("a")));
    }

    @Test
    void shouldStopWhereTheRegistryRefusesASchema() {
        AvroSerdes refused = serdes(Map.of(ConfluentLike.ANSWERS, "incompatible"));

        assertThatExceptionOfType(TerminalException.class)
                .isThrownBy(() -> refused.serialize(TOPIC, note("a")))
                .withMessageContaining("incompatible")
                .withMessageContaining(TOPIC);
    }

    @Test
    void shouldCallARecordBrokenThatCannotBeWritten() {
        Note incomplete = new Note();

        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> serdes.serialize(TOPIC, incomplete));
    }

    @Test
    void shouldNotTakeRecordsForPoisonThatAreReadWithoutTheirClass() {
        byte[] bytes = serdes.serialize(TOPIC, note("a"));

        assertThatExceptionOfType(TerminalException.class)
                .isThrownBy(
                        () -> serdes(Map.of("specific.avro.reader", "false")).deserialize(TOPIC, bytes, Note.class))
                .withMessageContaining("specific.avro.reader");
    }

    private static AvroSerdes serdes(Map<String, String> properties) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "registry.url", "http://127.0.0.1:1",
                "avro.serializer", ConfluentLike.Writer.class.getName(),
                "avro.deserializer", ConfluentLike.Reader.class.getName()));
        properties.forEach((name, value) -> settings.put("avro.property." + name, value));
        return AvroSerdes.from(Settings.of(settings));
    }

    private static void assertPoison(AvroSerdes serdes, byte[] bytes) {
        assertThatExceptionOfType(PoisonException.class).isThrownBy(() -> serdes.deserialize(TOPIC, bytes, Note.class));
    }

    private static byte[] wire(Schema schema, byte[] body) {
        return ByteBuffer.allocate(5 + body.length)
                .put((byte) 0)
                .putInt(ConfluentLike.REGISTRY.register("any", schema))
                .put(body)
                .array();
    }
}
