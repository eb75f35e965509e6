package dev.orderflow.durable.wire;

import static dev.orderflow.durable.note.Notes.note;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.durable.PoisonException;
import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.note.Note;
import dev.orderflow.durable.note.Other;
import dev.orderflow.durable.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroSerdesTest {

    private static final String TOPIC = "notes";

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final AvroSerdes serdes = AvroSerdes.with(registry);

    @Test
    void shouldReadWhatItHasWritten() {
        Note note = note("a", "text with an ü");

        assertThat(serdes.deserialize(TOPIC, serdes.serialize(TOPIC, note), Note.class))
                .isEqualTo(note);
    }

    @Test
    void shouldWriteNothingOfARecordThatCouldNotBeWrittenIntoTheNext() {
        Note broken = note("what is left of it");
        broken.setBlob(null);
        assertThatThrownBy(() -> serdes.serialize(TOPIC, broken)).isInstanceOf(NullPointerException.class);

        assertThat(serdes.deserialize(TOPIC, serdes.serialize(TOPIC, note("a")), Note.class))
                .isEqualTo(note("a"));
    }

    @Test
    void shouldWriteConfluentsWireFormat() throws IOException {
        registry.register("something else", Other.getClassSchema());
        byte[] bytes = serdes.serialize(TOPIC, note("a"));

        assertThat(Arrays.copyOf(bytes, 5)).containsExactly(0, 0, 0, 0, 2);
        assertThat(Arrays.copyOfRange(bytes, 5, bytes.length))
                .isEqualTo(avro(note("a").getSchema(), note("a")));
    }

    @Test
    void shouldReadWhatAnOlderWriterHasWritten() throws IOException {
        Schema older = SchemaBuilder.record("Note")
                .namespace("dev.orderflow.durable.note")
                .fields()
                .requiredString("id")
                .requiredString("gone")
                .name("at")
                .type(Note.getClassSchema().getField("at").schema())
                .noDefault()
                .endRecord();
        GenericRecord written = new GenericRecordBuilder(older)
                .set("id", "a")
                .set("gone", "no more")
                .set("at", 1_000L)
                .build();

        Note read = serdes.deserialize(TOPIC, wire(older, avro(older, written)), Note.class);

        assertThat(read.getId()).isEqualTo("a");
        assertThat(read.getText()).isNull();
        assertThat(read.getTags()).isEmpty();
        assertThat(read.getAt()).hasToString("1970-01-01T00:00:01Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "00", "0000000001", "{\"orderId\":1}", "01000000010203", "00ffffffff0203", "0000bc614e02"})
    void shouldCallBytesPoisonThatAreNotInTheWireFormat(String text) {
        byte[] bytes = text.startsWith("{")
                ? text.getBytes(java.nio.charset.StandardCharsets.UTF_8)
                : java.util.HexFormat.of().parseHex(text);

        assertPoison(bytes);
    }

    @Test
    void shouldCallARecordOfAnotherTypePoison() {
        byte[] bytes = serdes.serialize(TOPIC, new Other(5));

        assertThatExceptionOfType(PoisonException.class)
                .isThrownBy(() -> serdes.deserialize(TOPIC, bytes, Note.class))
                .withMessageContaining("Other")
                .withMessageContaining("notes, which carries Note");
    }

    @Test
    void shouldCallATypePoisonThatNobodyKnowsHere() throws IOException {
        Schema unknown = SchemaBuilder.record("java.lang.Runtime")
                .fields()
                .requiredInt("x")
                .endRecord();

        assertPoison(wire(unknown, new byte[] {2}));
        assertPoison(wire(Schema.create(Schema.Type.STRING), new byte[] {2, 'a'}));
    }

    @Test
    void shouldCallLeftOverBytesPoison() {
        byte[] bytes = serdes.serialize(TOPIC, note("a"));

        assertPoison(Arrays.copyOf(bytes, bytes.length + 1));
    }

    @Test
    void shouldCallEveryTruncatedRecordPoison() {
        byte[] bytes = serdes.serialize(TOPIC, note("a", "text"));

        for (int length = 0; length < bytes.length; length++) {
            assertPoison(Arrays.copyOf(bytes, length));
        }
    }

    @Test
    void shouldNotBelieveClaimsOfHugeLengths() throws IOException {
        assertPoison(wire(claim(out -> out.writeLong(Integer.MAX_VALUE - 8L))));
        assertPoison(wire(claim(out -> out.writeLong(Long.MAX_VALUE))));
        assertPoison(wire(claim(out -> out.writeLong(-1))));
        assertPoison(wire(claim(out -> {
            out.writeString("id");
            out.writeIndex(0);
            out.writeLong(7);
            out.writeLong(Integer.MAX_VALUE - 8L);
        })));
        assertPoison(wire(claim(out -> {
            out.writeString("id");
            out.writeIndex(0);
            out.writeLong(7);
            out.writeLong(Long.MIN_VALUE);
        })));
        assertPoison(wire(claim(out -> {
            out.writeString("id");
            out.writeIndex(0);
            out.writeLong(7);
            out.writeLong(0);
            out.writeLong(Integer.MAX_VALUE - 8L);
        })));
    }

    @Property(tries = 2_000)
    void shouldEitherReadRandomBytesOrCallThemPoison(@ForAll long seed) {
        byte[] body = new byte[new Random(seed).nextInt(60)];
        new Random(seed).nextBytes(body);
        AvroSerdes fresh = AvroSerdes.with(new InMemoryRegistry());
        byte[] valid = fresh.serialize(TOPIC, note("a"));
        byte[] bytes =
                ByteBuffer.allocate(5 + body.length).put(valid, 0, 5).put(body).array();

        try {
            assertThat(fresh.deserialize(TOPIC, bytes, Note.class)).isNotNull();
        } catch (PoisonException expected) {
            assertThat(expected.getMessage()).isNotBlank();
        }
    }

    @Test
    void shouldNotCallItsOwnStateUnreadableAndGoOn() {
        var serde = serdes.serde(Note.class);
        byte[] lost = AvroSerdes.with(new InMemoryRegistry()).serialize(TOPIC, note("a"));

        assertThatExceptionOfType(TerminalException.class)
                .isThrownBy(() -> serde.deserializer().deserialize("notes-changelog", lost))
                .withMessageContaining("notes-changelog")
                .withMessageContaining("registry");
        assertThat(serde.deserializer().deserialize("notes-changelog", null)).isNull();
    }

    @Test
    void shouldTakeSerializersByClassName() {
        AvroSerdes named = AvroSerdes.from(Settings.of(Map.of(
                "registry.url", "http://127.0.0.1:1",
                "avro.serializer", AvroSerializer.class.getName(),
                "avro.deserializer", AvroDeserializer.class.getName())));

        assertThat(named).isNotNull();
        assertThatExceptionOfType(TerminalException.class)
                .isThrownBy(() -> AvroSerdes.from(Settings.of(
                        Map.of("registry.url", "http://127.0.0.1:1", "avro.serializer", "io.confluent.Missing"))))
                .withMessageContaining("io.confluent.Missing")
                .withMessageContaining("-Pconfluent");
        assertThatExceptionOfType(TerminalException.class)
                .isThrownBy(() -> AvroSerdes.from(Settings.of(
                        Map.of("registry.url", "http://127.0.0.1:1", "avro.serializer", "java.lang.String"))))
                .withMessageContaining("Serializer");
        assertThatExceptionOfType(TerminalException.class)
                .isThrownBy(() -> AvroSerdes.from(Settings.of(Map.of("registry.url", "127.0.0.1:8081"))))
                .withMessageContaining("http://");
    }

    private void assertPoison(byte[] bytes) {
        assertThatExceptionOfType(PoisonException.class).isThrownBy(() -> serdes.deserialize(TOPIC, bytes, Note.class));
    }

    private interface Claim {
        void write(BinaryEncoder out) throws IOException;
    }

    private static byte[] claim(Claim claim) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, null);
        claim.write(out);
        out.flush();
        return bytes.toByteArray();
    }

    private byte[] wire(byte[] body) {
        return wire(Note.getClassSchema(), body);
    }

    private byte[] wire(Schema schema, byte[] body) {
        return ByteBuffer.allocate(5 + body.length)
                .put((byte) 0)
                .putInt(registry.register("any", schema))
                .put(body)
                .array();
    }

    private static <T> byte[] avro(Schema schema, T value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, null);
        (value instanceof Note
                        ? new org.apache.avro.specific.SpecificDatumWriter<T>(schema)
                        : new GenericDatumWriter<T>(schema))
                .write(value, out);
        out.flush();
        return bytes.toByteArray();
    }
}
