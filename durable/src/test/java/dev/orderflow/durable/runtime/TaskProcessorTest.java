package dev.orderflow.durable.runtime;

import static dev.orderflow.durable.note.Notes.note;
import static dev.orderflow.durable.runtime.NoteTask.IN;
import static dev.orderflow.durable.runtime.NoteTask.OUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.note.Note;
import dev.orderflow.durable.note.Other;
import dev.orderflow.durable.testing.TaskTestDriver;
import dev.orderflow.durable.testing.TaskTestDriver.Output;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TaskProcessorTest {

    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    private static final String DEAD = "notes.dead-letters";
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final List<Message<Note>> received = new ArrayList<>();
    private TaskTestDriver driver =
            new TaskTestDriver(NoteTask.definition(effect -> "sent " + effect.payload(), received), START);

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void shouldHandOverDecodedMessagesAndWriteWhatTheyLeadTo() {
        RecordHeaders headers = traced();
        byte[] bytes = driver.serdes().serialize(IN, note("a", "hello"));

        driver.sendBytes(IN, Routing.keyBytes("a"), bytes, headers);

        assertThat(received).singleElement().satisfies(message -> {
            assertThat(message.value()).isEqualTo(note("a", "hello"));
            assertThat(message.key()).isEqualTo("a");
            assertThat(message.timestamp()).isEqualTo(START);
            assertThat(message.origin()).isEqualTo(new Origin(IN, 0, 0));
            assertThat(message.bytes()).isEqualTo(java.nio.ByteBuffer.wrap(bytes));
        });
        Output<Note> out = driver.outputs(OUT, Note.class).getFirst();
        assertThat(out.key()).isEqualTo("a");
        assertThat(out.value().getText()).isEqualTo("stored");
        assertThat(EventHeaders.text(out.headers(), "ce_id")).isEqualTo("a/1");
        assertThat(EventHeaders.text(out.headers(), "ce_type")).isEqualTo("NoteHandled");
        assertThat(EventHeaders.text(out.headers(), "ce_source")).isEqualTo("/orderflow/notes");
        assertThat(EventHeaders.text(out.headers(), "traceparent")).startsWith(TRACE.substring(0, 36));
        assertThat(driver.<Note>store(NoteTask.STORE).get("a")).isEqualTo(note("a", "hello"));
    }

    @Test
    void shouldPutPoisonOfEveryKindAsideAsItCameAndGoOn() {
        byte[] key = Routing.keyBytes("a");
        byte[] other = driver.serdes().serialize(IN, new Other(3));
        byte[] valid = driver.serdes().serialize(IN, note("a"));
        byte[] longer = Arrays.copyOf(valid, valid.length + 3);
        byte[] refused = driver.serdes().serialize(IN, note("a", "poison"));
        byte[] unknownId = {0, 0, 1, 2, 3, 4};
        RecordHeaders headers = new RecordHeaders();
        headers.add("theirs", new byte[] {9});

        driver.sendBytes(IN, key, "no avro".getBytes(StandardCharsets.UTF_8), headers);
        driver.sendBytes(IN, key, unknownId);
        driver.sendBytes(IN, key, other);
        driver.sendBytes(IN, key, longer);
        driver.sendBytes(IN, key, refused);
        driver.sendBytes(IN, key, null);
        driver.sendBytes(IN, null, valid);
        driver.send(IN, "b", note("b"));

        List<Output<byte[]>> dead = driver.rawOutputs(DEAD);
        assertThat(dead)
                .extracting(Output::value)
                .containsExactly(
                        "no avro".getBytes(StandardCharsets.UTF_8), unknownId, other, longer, refused, null, valid);
        assertThat(dead).extracting(Output::key).containsExactly("a", "a", "a", "a", "a", "a", null);
        assertThat(IntStream.range(0, dead.size()).mapToObj(i -> header(dead.get(i), "dl_offset")))
                .containsExactly("0", "1", "2", "3", "4", "5", "6");
        assertThat(dead).allSatisfy(letter -> {
            assertThat(header(letter, "dl_topic")).isEqualTo(IN);
            assertThat(header(letter, "dl_partition")).isEqualTo("0");
            assertThat(header(letter, "dl_service")).isEqualTo("notes");
            assertThat(Instant.parse(header(letter, "dl_time"))).isBetween(START, driver.now());
        });
        assertThat(dead.getFirst().headers().lastHeader("theirs").value()).containsExactly(9);
        assertThat(dead)
                .extracting(letter -> header(letter, "dl_reason"))
                .satisfiesExactly(
                        reason -> assertThat(reason).contains("wire format"),
                        reason -> assertThat(reason).contains("66051"),
                        reason -> assertThat(reason).contains("Other"),
                        reason -> assertThat(reason).contains("left over"),
                        reason -> assertThat(reason).contains("contradicts itself"),
                        reason -> assertThat(reason).contains("value is null"),
                        reason -> assertThat(reason).contains("key is null"));
        assertThat(driver.values(OUT, Note.class)).extracting(Note::getId).containsExactly("b");
    }

    @Test
    void shouldRefuseToWriteWhereTheDefinitionDoesNotSay() {
        assertThatThrownBy(() -> driver.send(IN, "a", note("a", "elsewhere")))
                .hasStackTraceContaining("undeclared is no output of notes");
    }

    @Test
    void shouldRefuseToWriteWhatABrokerWouldNotTake() {
        assertThatThrownBy(() -> driver.send(IN, "a", note("a", "large")))
                .hasStackTraceContaining("larger than the 1000000");
    }

    @Test
    void shouldFireTimersWhenTheyAreDue() {
        driver.send(IN, "a", note("a", "later"));

        driver.advance(Duration.ofMillis(9_998));
        assertThat(driver.values(OUT, Note.class)).isEmpty();
        driver.advance(Duration.ofMillis(1));

        assertThat(driver.values(OUT, Note.class))
                .extracting(Note::getText)
                .containsExactly("later at 2026-11-20T10:00:10Z");
    }

    @Test
    void shouldHandOverWhatBecomesOfEffects() {
        driver.send(IN, "a", note("a", "effect"));
        driver.send(IN, "a", note("a", "effect"));
        assertThat(driver.pendingEffects()).isEqualTo(1);

        driver.runEffects();

        assertThat(driver.values(OUT, Note.class))
                .extracting(Note::getText)
                .containsExactly("Succeeded[result=sent payload]");
    }

    @Test
    void shouldBeginAnEffectThatMustNotPrecedeItsCommitAfterIt() {
        byte[] bytes = driver.serdes().serialize(IN, note("a", "effect when committed"));
        driver.sendBytes(IN, Routing.keyBytes("a"), bytes, traced());
        assertThat(driver.pendingEffects()).isEqualTo(1);

        driver.runEffects();

        Output<Note> out = driver.outputs(OUT, Note.class).getFirst();
        assertThat(out.value().getText()).isEqualTo("Succeeded[result=sent payload]");
        assertThat(EventHeaders.text(out.headers(), "traceparent")).startsWith(TRACE.substring(0, 36));
    }

    private static RecordHeaders traced() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("traceparent", TRACE.getBytes(StandardCharsets.UTF_8));
        return headers;
    }

    @Test
    void shouldTryEffectsAgainUntilTheirPolicyIsExhausted() {
        driver.close();
        driver = new TaskTestDriver(
                NoteTask.definition(effect -> {
                    throw new RetriableException("down");
                }),
                START);
        driver.send(IN, "a", note("a", "effect"));

        driver.runEffects();
        assertThat(driver.runEffects()).isZero();
        driver.advance(Duration.ofSeconds(2));
        assertThat(driver.runEffects()).isEqualTo(1);

        assertThat(driver.values(OUT, Note.class))
                .extracting(Note::getText)
                .satisfiesExactly(
                        text -> assertThat(text).startsWith("WillRetry[reason=down"),
                        text -> assertThat(text).isEqualTo("Exhausted[reason=down]"));
    }

    @Test
    void shouldWriteWhatAHandlerGivesUp() {
        driver.send(IN, "a", note("a", "give up"));

        assertThat(driver.outputs(DEAD, Note.class)).singleElement().satisfies(letter -> {
            assertThat(letter.key()).isEqualTo("a");
            assertThat(letter.value()).isEqualTo(note("a", "give up"));
            assertThat(EventHeaders.text(letter.headers(), "dl_reason")).isEqualTo("Nobody wants it");
            assertThat(EventHeaders.text(letter.headers(), "dl_topic")).isEqualTo(IN);
        });
    }

    private static String header(Output<byte[]> output, String name) {
        return EventHeaders.text(output.headers(), name);
    }
}
