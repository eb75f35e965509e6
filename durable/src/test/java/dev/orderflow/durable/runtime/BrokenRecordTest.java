package dev.orderflow.durable.runtime;

import static dev.orderflow.durable.note.Notes.note;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.durable.note.Note;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record that breaks the code: each failure takes a stream thread, and only what the application keeps is left. */
class BrokenRecordTest {

    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

    private final AvroSerdes serdes = AvroSerdes.with(new InMemoryRegistry());
    private final AtomicInteger deadLettered = new AtomicInteger();
    private final TaskContext shared = new TaskContext(
            serdes,
            1,
            (attempt, timeout, lost) -> attempt.run(),
            new FailureLedger(),
            service -> deadLettered.incrementAndGet(),
            ReadBefore.NOTHING);

    @TempDir
    private Path state;

    @Test
    void shouldBeADeadLetterAfterItsThirdFailure() {
        byte[] broken = serdes.serialize(NoteTask.IN, note("a", "break"));
        for (int failure = 1; failure <= 3; failure++) {
            try (TopologyTestDriver driver = thread(failure)) {
                assertThatThrownBy(() -> send(driver, broken)).hasStackTraceContaining("broken by a");
            }
        }

        try (TopologyTestDriver driver = thread(4)) {
            send(driver, broken);
            send(driver, serdes.serialize(NoteTask.IN, note("a", "fine")));

            assertThat(output(driver, "notes.dead-letters").readRecord())
                    .satisfies(letter -> assertThat(letter.value()).isEqualTo(broken))
                    .satisfies(letter -> assertThat(EventHeaders.text(letter.headers(), "dl_reason"))
                            .contains("Failed 3 times", "broken by a"));
            assertThat(serdes.deserialize(
                                    NoteTask.OUT, output(driver, NoteTask.OUT).readValue(), Note.class)
                            .getText())
                    .isEqualTo("stored");
            assertThat(deadLettered).hasValue(1);
        }
    }

    @Test
    void shouldBeADeadLetterOfItsOriginAfterOneFailureWhereItComesAgain() {
        byte[] broken = serdes.serialize(NoteTask.IN, note("a", "break"));
        RecordHeaders letter = new RecordHeaders();
        letter.add("dl_topic", Routing.keyBytes(NoteTask.IN));
        letter.add("dl_partition", Routing.keyBytes("0"));
        letter.add("dl_offset", Routing.keyBytes("7"));
        Headers again = DeadLetterHeaders.again(letter, "notes-0-1", START, START, START.plusSeconds(60), null);
        try (TopologyTestDriver driver = thread(1)) {
            assertThatThrownBy(() -> send(driver, "notes.redrives", broken, again))
                    .hasStackTraceContaining("broken by a");
        }

        try (TopologyTestDriver driver = thread(2)) {
            send(driver, "notes.redrives", broken, again);

            assertThat(output(driver, "notes.dead-letters").readRecord()).satisfies(second -> {
                assertThat(EventHeaders.text(second.headers(), "dl_reason")).contains("Failed 1 times", "broken by a");
                assertThat(EventHeaders.text(second.headers(), "dl_topic")).isEqualTo(NoteTask.IN);
                assertThat(EventHeaders.text(second.headers(), "dl_offset")).isEqualTo("7");
            });
        }
    }

    @Test
    void shouldSetAsideATimerThatBreaksTheCodeEveryTime() {
        shouldSetAside("later", Duration.ofSeconds(10), "timer", "broken-1", "later due 2026-11-20T10:00:10Z");
    }

    @Test
    void shouldSetAsideAnEffectWhoseOutcomeBreaksTheCodeEveryTime() {
        shouldSetAside("effect", Duration.ofMillis(1), "effect", "broken-1", "payload");
    }

    private void shouldSetAside(String text, Duration time, String kind, String key, String content) {
        byte[] note = serdes.serialize(NoteTask.IN, note("broken-1", text));
        for (int failure = 1; failure <= 3; failure++) {
            try (TopologyTestDriver driver = thread(failure)) {
                send(driver, note);
                assertThatThrownBy(() -> driver.advanceWallClockTime(time))
                        .hasStackTraceContaining("broken by broken-1");
            }
        }

        try (TopologyTestDriver driver = thread(4)) {
            send(driver, note);
            driver.advanceWallClockTime(time);
            driver.advanceWallClockTime(Duration.ofMinutes(1));

            assertThat(output(driver, "notes.dead-letters").readRecordsToList())
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.key()).isEqualTo(Routing.keyBytes(key)))
                    .satisfies(letter -> assertThat(new String(letter.value(), StandardCharsets.UTF_8))
                            .isEqualTo(content))
                    .satisfies(letter -> assertThat(EventHeaders.text(letter.headers(), "dl_topic"))
                            .isEqualTo(kind))
                    .satisfies(letter -> assertThat(EventHeaders.text(letter.headers(), "dl_reason"))
                            .contains("Failed 3 times", "broken by broken-1"));
        }
    }

    private TopologyTestDriver thread(int number) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "notes");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1");
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG,
                state.resolve("thread-" + number).toString());
        return new TopologyTestDriver(
                TaskTopology.build(List.of(NoteTask.definition(effect -> "")), shared), properties, START);
    }

    private static void send(TopologyTestDriver driver, byte[] value) {
        send(driver, NoteTask.IN, value, new RecordHeaders());
    }

    private static void send(TopologyTestDriver driver, String topic, byte[] value, Headers headers) {
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(Routing.keyBytes("a"), value, headers, START));
    }

    private static org.apache.kafka.streams.TestOutputTopic<byte[], byte[]> output(
            TopologyTestDriver driver, String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
