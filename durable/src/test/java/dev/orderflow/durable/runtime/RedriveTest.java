package dev.orderflow.durable.runtime;

import static dev.orderflow.durable.note.Notes.note;
import static dev.orderflow.durable.runtime.NoteTask.IN;
import static dev.orderflow.durable.runtime.NoteTask.OUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.note.Note;
import dev.orderflow.durable.testing.TaskTestDriver;
import dev.orderflow.durable.testing.TaskTestDriver.Output;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A dead letter that its service reads again. */
class RedriveTest {

    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    private static final String DEAD = "notes.dead-letters";
    private static final String AGAIN = "notes.redrives";
    private static final Instant UNTIL = START.plus(Duration.ofDays(7));
    private static final Instant SET_ASIDE = START.plusSeconds(30);
    private static final byte[] KEY = Routing.keyBytes("a");

    private final List<Message<Note>> received = new ArrayList<>();
    private final TaskTestDriver driver = new TaskTestDriver(NoteTask.definition(effect -> "", received), START);

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void shouldBeHandledAsWhatItWasWhenItWasReadFirst() {
        driver.send(IN, "first", note("first"));
        Instant written = driver.now();
        driver.sendBytes(IN, KEY, "no avro".getBytes(StandardCharsets.UTF_8));
        Output<byte[]> letter = driver.rawOutputs(DEAD).getFirst();
        driver.advance(Duration.ofDays(3));

        driver.sendBytes(AGAIN, KEY, bytes("mended"), again(letter));

        assertThat(received).hasSize(2);
        Message<Note> message = received.getLast();
        assertThat(message.value()).isEqualTo(note("a", "mended"));
        assertThat(message.origin()).isEqualTo(new Origin(IN, 0, 1));
        assertThat(message.timestamp()).isEqualTo(written);
        assertThat(driver.values(OUT, Note.class)).extracting(Note::getId).containsExactly("first", "a");
        assertThat(driver.rawOutputs(DEAD)).isEmpty();
    }

    @Test
    void shouldBeADeadLetterOfTheSameOriginWhenItFailsAgain() {
        driver.sendBytes(IN, KEY, bytes("poison"));
        Output<byte[]> letter = driver.rawOutputs(DEAD).getFirst();
        driver.advance(Duration.ofHours(1));

        driver.sendBytes(AGAIN, KEY, letter.value(), again(letter));

        assertThat(driver.rawOutputs(DEAD)).singleElement().satisfies(second -> {
            assertThat(second.value()).isEqualTo(letter.value());
            assertThat(header(second, "dl_topic")).isEqualTo(IN);
            assertThat(header(second, "dl_offset")).isEqualTo("0");
            assertThat(header(second, "dl_timestamp")).isEqualTo(Long.toString(START.toEpochMilli()));
            assertThat(header(second, "dl_reason")).contains("contradicts itself");
            assertThat(header(second, "dl_redrive_of")).isEqualTo("notes-0-7");
            assertThat(header(second, "dl_redrive_reason")).isEqualTo("mended");
            assertThat(second.headers().headers("dl_topic")).hasSize(1);
        });
    }

    @Test
    void shouldHaveTheTimeAtWhichItWasSetAsideWhereItsOwnIsNotKnownHoweverOftenItComes() {
        driver.sendBytes(IN, KEY, bytes("give up"));
        Output<byte[]> letter = driver.rawOutputs(DEAD).getFirst();
        assertThat(letter.headers().lastHeader("dl_timestamp")).isNull();
        received.clear();
        driver.advance(Duration.ofHours(1));

        driver.sendBytes(AGAIN, KEY, bytes("poison"), again(letter));
        Output<byte[]> second = driver.rawOutputs(DEAD).getFirst();
        assertThat(header(second, "dl_timestamp")).isEqualTo(Long.toString(SET_ASIDE.toEpochMilli()));
        driver.advance(Duration.ofHours(1));
        driver.sendBytes(AGAIN, KEY, bytes("mended"), again(second));

        assertThat(received).extracting(Message::timestamp).containsExactly(SET_ASIDE, SET_ASIDE);
    }

    @Test
    void shouldBeSetAsideWhereItDoesNotSayUntilWhenItMayBeHandled() {
        driver.sendBytes(IN, KEY, bytes("poison"));
        Output<byte[]> letter = driver.rawOutputs(DEAD).getFirst();
        received.clear();

        driver.sendBytes(AGAIN, KEY, bytes("by hand"), letter.headers());

        assertThat(received).isEmpty();
        assertThat(driver.rawOutputs(DEAD))
                .singleElement()
                .satisfies(second ->
                        assertThat(header(second, "dl_reason")).contains("dl_redrive_until", "orderflow dead-letters"));
    }

    @Test
    void shouldBeSetAsideWhereItDoesNotSayWhereItComesFrom() {
        Headers headers = new RecordHeaders();
        headers.add("dl_redrive_until", UNTIL.toString().getBytes(StandardCharsets.UTF_8));

        driver.sendBytes(AGAIN, KEY, bytes("lost"), headers);

        assertThat(received).isEmpty();
        assertThat(driver.rawOutputs(DEAD)).singleElement().satisfies(letter -> {
            assertThat(header(letter, "dl_topic")).isEqualTo(AGAIN);
            assertThat(header(letter, "dl_reason")).contains("dl_topic");
        });
    }

    @Test
    void shouldBeSetAsideWhereItsServiceDoesNotReadWhatItComesFrom() {
        Headers headers = new RecordHeaders();
        headers.add("dl_topic", "others.in".getBytes(StandardCharsets.UTF_8));
        headers.add("dl_partition", "0".getBytes(StandardCharsets.UTF_8));
        headers.add("dl_offset", "5".getBytes(StandardCharsets.UTF_8));
        headers.add("dl_redrive_until", UNTIL.toString().getBytes(StandardCharsets.UTF_8));

        driver.sendBytes(AGAIN, KEY, bytes("of another"), headers);

        assertThat(received).isEmpty();
        assertThat(driver.rawOutputs(DEAD))
                .singleElement()
                .satisfies(letter -> assertThat(header(letter, "dl_reason")).contains("notes does not read others.in"));
    }

    @Test
    void shouldBeSetAsideWhereItComesWhenNobodyMayRememberWhatBecameOfIt() {
        driver.sendBytes(IN, KEY, bytes("poison"));
        Output<byte[]> letter = driver.rawOutputs(DEAD).getFirst();
        received.clear();
        driver.advance(Duration.ofDays(7));

        driver.sendBytes(AGAIN, KEY, bytes("late"), again(letter));

        assertThat(received).isEmpty();
        assertThat(driver.rawOutputs(DEAD)).singleElement().satisfies(second -> {
            assertThat(header(second, "dl_reason")).contains("until " + UNTIL);
            assertThat(header(second, "dl_topic")).isEqualTo(IN);
        });
    }

    private byte[] bytes(String text) {
        return driver.serdes().serialize(IN, note("a", text));
    }

    private Headers again(Output<byte[]> letter) {
        return DeadLetterHeaders.again(letter.headers(), "notes-0-7", driver.now(), SET_ASIDE, UNTIL, "mended");
    }

    private static String header(Output<byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
