package dev.orderflow.durable.runtime;

import static dev.orderflow.durable.note.Notes.note;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.orderflow.durable.PoisonException;
import dev.orderflow.durable.note.Note;
import dev.orderflow.durable.timer.Timer;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two services that share their transactions: "a" asks "b", which answers. The driver reads what was written to a topic that is
 * read, as a broker would have it read.
 */
class HandOverTest {

    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String THAT_TRACE = TRACE.substring(0, 36);

    private static final String IN = "a-in";
    private static final String DONE = "a-done";
    private static final String BETWEEN = "between";
    private static final String OUT = "out";
    private static final String STORE = "notes";
    private static final String DEAD_A = "a.dead-letters";
    private static final String DEAD_B = "b.dead-letters";

    private final AvroSerdes serdes = AvroSerdes.with(new InMemoryRegistry());
    private final FailureLedger failures = new FailureLedger();
    private final Queue<Runnable> attempts = new ArrayDeque<>();
    private final List<String> deadLettered = new ArrayList<>();
    private final List<Message<Note>> asked = new ArrayList<>();
    private final List<Message<Note>> answers = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();

    @TempDir
    private Path state;

    private int drivers;
    private TopologyTestDriver driver;

    /** Asks for each word of a note, and says that it has. */
    private final class Asking implements TaskHandler {

        private final Task task;
        private @Nullable String lastWord;

        Asking(Task task) {
            this.task = task;
        }

        void on(Message<Note> message) {
            String id = message.value().getId();
            for (String word : message.value().getText().split(" ", -1)) {
                switch (word) {
                    case "break-a" -> throw new IllegalStateException("a is broken by " + id);
                    case "keep" -> task.store(STORE, Note.class).put(id, note(id, "of a"));
                    case "later" ->
                        task.timers().schedule(id, "later", task.now().plusSeconds(10));
                    case "last" -> lastWord = id;
                    case "elsewhere" -> ask(idOfPartition(1), word);
                    default -> ask(id, word);
                }
            }
            task.emit(DONE, id, note(id, "done"), id + "/done", "Done");
        }

        private void ask(String id, String word) {
            task.emit(BETWEEN, id, note(id, word), id + "/" + word, "Asked");
        }

        @Override
        public void onTimer(Timer timer) {
            throw new IllegalStateException("a is broken by the timer of " + timer.id());
        }

        @Override
        public @Nullable Instant onBatchEnd() {
            ended.add("a");
            if (lastWord != null) {
                ask(lastWord, "ended");
                lastWord = null;
            }
            return null;
        }
    }

    /** Answers with the word that it is asked, or does what the word says. */
    private final class Answering implements TaskHandler {

        private final Task task;

        Answering(Task task) {
            this.task = task;
        }

        void on(Message<Note> message) {
            asked.add(message);
            Note note = message.value();
            String id = note.getId();
            switch (note.getText()) {
                case "poison" -> throw new PoisonException("b does not like " + id);
                case "break" -> throw new IllegalStateException("b is broken by " + id);
                case "effect" -> task.effects().start(id, id + ":1", "payload", NoteTask.POLICY);
                case "keep" -> task.store(STORE, Note.class).put(id, note(id, "of b"));
                case "later" -> task.timers().schedule(id, "later", task.now().plusSeconds(10));
                default -> task.emit(OUT, id, note, id + "/" + note.getText() + "/answer", "Answered");
            }
        }

        @Override
        public void onTimer(Timer timer) {
            task.emit(OUT, timer.id(), note(timer.id(), timer.kind()), timer.id() + "/timer", "Answered");
        }

        @Override
        public @Nullable Instant onBatchEnd() {
            ended.add("b after " + asked.size());
            return null;
        }
    }

    @AfterEach
    void close() {
        if (driver != null) {
            driver.close();
        }
    }

    @Test
    void shouldWriteWhatARecordLeadsToInSeveralServicesBeforeTheNextIsRead() {
        MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
        TaskProcessor processor = processor(context, 1);

        process(processor, context, note("1", "hello"));

        assertThat(context.forwarded("to-" + BETWEEN)).hasSize(1);
        assertThat(context.forwarded("to-" + OUT)).hasSize(1);
        assertThat(context.forwarded("to-" + DONE)).hasSize(1);
        assertThat(context.forwarded()).hasSize(3);
        assertThat(answers).hasSize(1);
        assertThat(context.committed()).isTrue();
    }

    @Test
    void shouldHandleWhatItWasHandedOnlyOnce() {
        begin(asking().build(), answering().build());

        send(IN, note("1", "hello"));

        assertThat(asked)
                .singleElement()
                .satisfies(message -> assertThat(message.offset()).isEqualTo(Message.NOT_KNOWN_YET));
        assertThat(answers)
                .singleElement()
                .satisfies(message -> assertThat(message.offset()).isEqualTo(Message.NOT_KNOWN_YET));
        assertThat(written(BETWEEN))
                .singleElement()
                .satisfies(record -> assertThat(handedTo(record)).containsExactly("b"));
        assertThat(written(OUT))
                .singleElement()
                .satisfies(record -> assertThat(handedTo(record)).containsExactly("a"));
        assertThat(written(DONE))
                .singleElement()
                .satisfies(record -> assertThat(handedTo(record)).isEmpty());
    }

    @Test
    void shouldHandOverAMessageAsItIsWritten() {
        begin(asking().build(), answering().build());
        RecordHeaders traced = new RecordHeaders();
        traced.add(EventHeaders.TRACEPARENT, TRACE.getBytes(StandardCharsets.UTF_8));

        send(IN, note("1", "hello"), traced);

        TestRecord<byte[], byte[]> record = written(BETWEEN).getFirst();
        assertThat(asked).singleElement().satisfies(message -> {
            assertThat(message.value()).isEqualTo(note("1", "hello"));
            assertThat(message.key()).isEqualTo("1");
            assertThat(message.origin()).isEqualTo(new Origin(BETWEEN, 0, Message.NOT_KNOWN_YET));
            assertThat(message.timestamp()).isEqualTo(record.getRecordTime()).isEqualTo(START);
            assertThat(message.eventId()).isEqualTo("1/hello");
            assertThat(message.bytes()).isEqualTo(ByteBuffer.wrap(record.value()));
            assertThat(EventHeaders.text(message.headers(), EventHeaders.TRACEPARENT))
                    .isEqualTo(EventHeaders.text(record.headers(), EventHeaders.TRACEPARENT))
                    .startsWith(THAT_TRACE);
        });
        assertThat(EventHeaders.text(written(OUT).getFirst().headers(), EventHeaders.TRACEPARENT))
                .startsWith(THAT_TRACE);
    }

    @Test
    void shouldReadWhatItRefusesWhenHandedFromItsTopicAndMakeItADeadLetter() {
        begin(asking().build(), answering().build());

        send(IN, note("1", "hello poison"));

        assertThat(asked)
                .extracting(message -> message.value().getText(), Message::offset)
                .containsExactly(
                        tuple("hello", Message.NOT_KNOWN_YET),
                        tuple("poison", Message.NOT_KNOWN_YET),
                        tuple("poison", 1L));
        List<TestRecord<byte[], byte[]>> between = written(BETWEEN);
        assertThat(between).extracting(HandOverTest::handedTo).containsExactly(List.of("b"), List.of());
        assertThat(written(DEAD_B)).singleElement().satisfies(letter -> {
            assertThat(letter.key()).isEqualTo(Routing.keyBytes("1"));
            assertThat(letter.value()).isEqualTo(between.get(1).value());
            assertThat(header(letter, DeadLetterHeaders.TOPIC)).isEqualTo(BETWEEN);
            assertThat(header(letter, DeadLetterHeaders.PARTITION)).isEqualTo("0");
            assertThat(header(letter, DeadLetterHeaders.OFFSET)).isEqualTo("1");
            assertThat(header(letter, DeadLetterHeaders.SERVICE)).isEqualTo("b");
            assertThat(header(letter, DeadLetterHeaders.REASON)).isEqualTo("b does not like 1");
            assertThat(header(letter, EventHeaders.ID)).isEqualTo("1/poison");
        });
        assertThat(deadLettered).containsExactly("b");
        assertThat(texts(DONE)).containsExactly("done");
    }

    @Test
    void shouldNotOvertakeWhatHasToBeReadFromItsTopicWithMoreAboutTheSame() {
        begin(asking().build(), answering().build());

        send(IN, note("1", "poison elsewhere bye"));
        send(IN, note("1", "again"));

        assertThat(asked)
                .extracting(message -> message.value().getText(), Message::offset)
                .containsExactly(
                        tuple("poison", Message.NOT_KNOWN_YET),
                        tuple("elsewhere", Message.NOT_KNOWN_YET),
                        tuple("poison", 0L),
                        tuple("bye", 2L),
                        tuple("again", Message.NOT_KNOWN_YET));
        assertThat(written(BETWEEN))
                .extracting(HandOverTest::handedTo)
                .containsExactly(List.of(), List.of("b"), List.of(), List.of("b"));
        assertThat(texts(OUT)).containsExactly("elsewhere", "bye", "again");
    }

    @Test
    void shouldReadWhatHasBrokenItWhenHandedFromItsTopicAndLetTheOtherGoOn() {
        begin(asking().build(), answering().build());
        assertThatThrownBy(() -> send(IN, note("1", "break"))).hasStackTraceContaining("b is broken by 1");
        assertThat(written(DONE)).as("nothing of the transaction").isEmpty();

        for (int failure = 1; failure <= FailureLedger.MOST_FAILURES; failure++) {
            asked.clear();
            begin(asking().build(), answering().build());
            assertThatThrownBy(() -> send(IN, note("1", "break"))).hasStackTraceContaining("b is broken by 1");
            assertThat(asked).extracting(Message::offset).containsExactly(0L);
            assertThat(texts(DONE)).containsExactly("done");
        }
        asked.clear();
        begin(asking().build(), answering().build());
        send(IN, note("1", "break"));

        assertThat(asked).isEmpty();
        assertThat(texts(DONE)).containsExactly("done");
        assertThat(written(BETWEEN))
                .singleElement()
                .satisfies(record -> assertThat(handedTo(record)).isEmpty());
        assertThat(written(DEAD_B)).singleElement().satisfies(letter -> {
            assertThat(header(letter, DeadLetterHeaders.TOPIC)).isEqualTo(BETWEEN);
            assertThat(header(letter, DeadLetterHeaders.OFFSET)).isEqualTo("0");
            assertThat(header(letter, DeadLetterHeaders.REASON)).contains("Failed 3 times", "b is broken by 1");
        });
        assertThat(written(DEAD_A)).isEmpty();
    }

    @Test
    void shouldGoOnHandingOverOthersAfterOneHasBrokenItsReader() {
        begin(asking().build(), answering().build());
        assertThatThrownBy(() -> send(IN, note("1", "break"))).hasStackTraceContaining("b is broken by 1");
        asked.clear();

        begin(asking().build(), answering().build());
        send(IN, note("2", "hello"));

        assertThat(asked).extracting(Message::offset).containsExactly(Message.NOT_KNOWN_YET);
        assertThat(texts(OUT)).containsExactly("hello");
    }

    @Test
    void shouldBelieveAServiceThatARecordWasHandedOver() {
        begin(asking().build(), answering().build());

        send(BETWEEN, note("1", "hello"), handed("b"));
        send(BETWEEN, note("2", "hello"), handed("a"));
        send(BETWEEN, note("3", "hello"), handed("a", "b"));

        assertThat(asked).extracting(Message::key).containsExactly("2");
    }

    @Test
    void shouldNotBelieveAnybodyElseThatARecordWasHandedOver() {
        begin(
                asking().build(),
                TaskDefinition.named("b", Answering::new)
                        .input(BETWEEN, Note.class, Note::getId, Answering::on)
                        .output(OUT, Note.class)
                        .build());

        send(BETWEEN, note("1", "hello"), handed("b"));

        assertThat(asked).extracting(Message::key, Message::offset).containsExactly(tuple("1", 0L));
        assertThat(texts(OUT)).containsExactly("hello");
    }

    @Test
    void shouldHandOverNothingOfATopicThatOthersWriteTo() {
        begin(
                asking().build(),
                TaskDefinition.named("b", Answering::new)
                        .input(BETWEEN, Note.class, Note::getId, Answering::on)
                        .output(OUT, Note.class)
                        .build());

        send(IN, note("1", "hello"));

        assertThat(asked).extracting(Message::key, Message::offset).containsExactly(tuple("1", 0L));
        assertThat(written(BETWEEN))
                .singleElement()
                .satisfies(record -> assertThat(handedTo(record)).isEmpty());
    }

    @Test
    void shouldLetAnEffectOfWhatItWasHandedLeaveAfterTheCommit() {
        begin(asking().build(), answering().effects(effect -> "sent").build());

        send(IN, note("1", "effect"));
        assertThat(asked).hasSize(1);
        assertThat(attempts).as("before the commit").isEmpty();

        driver.advanceWallClockTime(Duration.ofMillis(1));
        assertThat(attempts).as("after the commit").hasSize(1);
    }

    @Test
    void shouldLetAnEffectOfWhatItHasReadLeaveAfterTheCommitToo() {
        begin(asking().build(), answering().effects(effect -> "sent").build());

        send(BETWEEN, note("1", "effect"));
        assertThat(attempts)
                .as("what it rests on may have been handed over in the same transaction")
                .isEmpty();

        driver.advanceWallClockTime(Duration.ofMillis(1));
        assertThat(attempts).hasSize(1);
    }

    @Test
    void shouldLetAnEffectLeaveAtOnceWhereItsServiceIsAlone() {
        begin(answering().effects(effect -> "sent").build());

        send(BETWEEN, note("1", "effect"));

        assertThat(attempts).hasSize(1);
    }

    @Test
    void shouldKeepTheStoresOfEachServiceApart() {
        begin(
                asking().store(STORE, Note.class).timers().build(),
                answering()
                        .store(STORE, Note.class)
                        .timers()
                        .effects(effect -> "sent")
                        .build());

        send(IN, note("1", "keep"));
        send(BETWEEN, note("2", "keep"));

        assertThat(driver.getAllStateStores())
                .containsOnlyKeys("a-notes", "a-timers", "b-notes", "b-timers", "b-effects");
        assertThat(driver.<String, Note>getKeyValueStore("a-notes").get("1")).isEqualTo(note("1", "of a"));
        assertThat(driver.<String, Note>getKeyValueStore("a-notes").get("2")).isNull();
        assertThat(driver.<String, Note>getKeyValueStore("b-notes").get("1")).isNull();
        assertThat(driver.<String, Note>getKeyValueStore("b-notes").get("2")).isEqualTo(note("2", "of b"));
    }

    @Test
    void shouldNameTheStoresOfAServiceThatIsAloneAsBefore() {
        begin(answering()
                .store(STORE, Note.class)
                .timers()
                .effects(effect -> "sent")
                .build());

        send(BETWEEN, note("1", "keep"));

        assertThat(driver.getAllStateStores()).containsOnlyKeys("notes", "timers", "effects");
    }

    @Test
    void shouldKeepTheOrderInWhichRecordsOfATopicWereWritten() {
        begin(asking().build(), answering().build());

        send(IN, note("1", "one two poison three"));
        send(IN, note("2", "four"));

        assertThat(texts(BETWEEN)).containsExactly("one", "two", "poison", "three", "four");
        assertThat(texts(OUT)).containsExactly("one", "two", "three", "four");
        assertThat(answers)
                .extracting(message -> message.value().getText())
                .containsExactly("one", "two", "three", "four");
    }

    @Test
    void shouldNotHandleAgainWhatAServiceHasReadBeforeItSharedItsTransactions() {
        List<String> read = new ArrayList<>();
        BiConsumer<Answering, Message<Note>> byA = (answering, message) -> read.add("a " + message.key());
        BiConsumer<Answering, Message<Note>> byB = (answering, message) -> read.add("b " + message.key());
        ReadBefore before = new ReadBefore(Map.of("a", Map.of(new TopicPartition(IN, 0), 2L)));
        begin(
                before,
                TaskDefinition.named("a", Answering::new)
                        .input(IN, Note.class, Note::getId, byA)
                        .build(),
                TaskDefinition.named("b", Answering::new)
                        .input(IN, Note.class, Note::getId, byB)
                        .build());

        send(IN, note("at 0", ""));
        send(IN, note("at 1", ""));
        send(IN, note("at 2", ""));

        assertThat(read).containsExactly("b at 0", "b at 1", "a at 2", "b at 2");
    }

    @Test
    void shouldHandOverNothingUntilAllIsReadThatWasWrittenBefore() {
        AtomicLong unread = new AtomicLong(1);
        ThreadPulse pulse = new ThreadPulse(
                () -> {},
                partition -> partition.topic().equals(BETWEEN) ? OptionalLong.of(unread.get()) : OptionalLong.of(0),
                CommitPace.APART_SHARED);
        MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();

        onAThreadOf(pulse, () -> {
            TaskProcessor processor = processor(context, 1);
            process(processor, context, note("1", "early"));
            unread.set(0);
            context.scheduledPunctuators().getFirst().getPunctuator().punctuate(0);
            process(processor, context, note("2", "late"));
        });

        assertThat(asked).extracting(Message::key).containsExactly("2");
        assertThat(context.forwarded("to-" + BETWEEN))
                .extracting(forwarded -> handedTo(forwarded.record().headers()))
                .containsExactly(List.of(), List.of("b"));
    }

    /** Another than that of the test, which would keep the pulse. */
    private static void onAThreadOf(ThreadPulse pulse, Runnable work) {
        CompletableFuture.runAsync(
                        () -> {
                            pulse.bind();
                            work.run();
                        },
                        task -> Thread.ofPlatform().start(task))
                .join();
    }

    @Test
    void shouldHandOverWhatIsOfTheSamePartitionAlone() {
        MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
        TaskProcessor processor = processor(context, 2);

        process(processor, context, note(idOfPartition(0), "here elsewhere"));

        assertThat(asked).extracting(message -> message.value().getText()).containsExactly("here");
        Map<String, List<String>> handed = new HashMap<>();
        context.forwarded("to-" + BETWEEN)
                .forEach(forwarded -> handed.put(
                        serdes.deserialize(BETWEEN, forwarded.record().value(), Note.class)
                                .getText(),
                        handedTo(forwarded.record().headers())));
        assertThat(handed).containsOnly(Map.entry("here", List.of("b")), Map.entry("elsewhere", List.of()));
    }

    @Test
    void shouldGiveUpARecordForThatServiceAloneThatItBreaks() {
        for (int failure = 1; failure <= FailureLedger.MOST_FAILURES; failure++) {
            begin(asking().build(), readingWhatAReads());
            assertThatThrownBy(() -> send(IN, note("1", "break-a"))).hasStackTraceContaining("a is broken by 1");
        }
        asked.clear();

        begin(asking().build(), readingWhatAReads());
        send(IN, note("1", "break-a"));

        assertThat(asked).extracting(Message::key).containsExactly("1");
        assertThat(written(DEAD_A)).hasSize(1);
        assertThat(written(DEAD_B)).isEmpty();
        assertThat(deadLettered).containsExactly("a");
    }

    @Test
    void shouldSetAsideATimerOfThatServiceAloneThatItBreaks() {
        for (int failure = 1; failure <= FailureLedger.MOST_FAILURES; failure++) {
            beginWithTimers();
            assertThatThrownBy(() -> driver.advanceWallClockTime(Duration.ofSeconds(10)))
                    .hasStackTraceContaining("a is broken by the timer of 1");
        }

        beginWithTimers();
        driver.advanceWallClockTime(Duration.ofSeconds(10));

        assertThat(written(DEAD_A)).hasSize(1);
        assertThat(written(DEAD_B)).isEmpty();
        assertThat(texts(OUT)).containsExactly("later");
    }

    @Test
    void shouldEndTheBatchOfWhatTheEndOfABatchHandsOver() {
        begin(asking().build(), answering().build());

        send(IN, note("1", "last"));

        assertThat(asked).extracting(message -> message.value().getText()).containsExactly("ended");
        assertThat(ended).containsSubsequence("a", "b after 1");
    }

    private TaskDefinition.Builder<Asking> asking() {
        return TaskDefinition.named("a", Asking::new)
                .input(IN, Note.class, Note::getId, Asking::on)
                .inputOfServices(OUT, Note.class, Note::getId, (asking, message) -> answers.add(message))
                .output(BETWEEN, Note.class)
                .output(DONE, Note.class);
    }

    private TaskDefinition.Builder<Answering> answering() {
        return TaskDefinition.named("b", Answering::new)
                .inputOfServices(BETWEEN, Note.class, Note::getId, Answering::on)
                .output(OUT, Note.class);
    }

    private TaskDefinition<Answering> readingWhatAReads() {
        return TaskDefinition.named("b", Answering::new)
                .input(IN, Note.class, Note::getId, Answering::on)
                .output(OUT, Note.class)
                .build();
    }

    private void beginWithTimers() {
        begin(asking().timers().build(), answering().timers().build());
        send(IN, note("1", "later"));
        send(BETWEEN, note("1", "later"));
    }

    private void begin(TaskDefinition<?>... services) {
        begin(ReadBefore.NOTHING, services);
    }

    /** On a new stream thread, with nothing in any topic; what has failed before is still known. */
    private void begin(ReadBefore read, TaskDefinition<?>... services) {
        close();
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "notes");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1");
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG,
                state.resolve("thread-" + ++drivers).toString());
        driver = new TopologyTestDriver(TaskTopology.build(List.of(services), context(1, read)), properties, START);
    }

    private TaskProcessor processor(MockProcessorContext<byte[], byte[]> context, int partitions) {
        TaskProcessor processor = new TaskProcessor(
                List.of(asking().build(), answering().build()), context(partitions, ReadBefore.NOTHING));
        context.setCurrentSystemTimeMs(START.toEpochMilli());
        processor.init(context);
        return processor;
    }

    private TaskContext context(int partitions, ReadBefore read) {
        return new TaskContext(
                serdes,
                partitions,
                (attempt, timeout, lost) -> attempts.add(attempt),
                failures,
                deadLettered::add,
                read);
    }

    private void process(TaskProcessor processor, MockProcessorContext<byte[], byte[]> context, Note note) {
        context.setRecordMetadata(IN, 0, 7);
        processor.process(new Record<>(
                Routing.keyBytes(note.getId()), serdes.serialize(IN, note), START.toEpochMilli(), new RecordHeaders()));
    }

    private void send(String topic, Note note) {
        send(topic, note, new RecordHeaders());
    }

    private void send(String topic, Note note, Headers headers) {
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(
                        Routing.keyBytes(note.getId()), serdes.serialize(topic, note), headers, START));
    }

    private List<TestRecord<byte[], byte[]>> written(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    private List<String> texts(String topic) {
        return written(topic).stream()
                .map(record ->
                        serdes.deserialize(topic, record.value(), Note.class).getText())
                .toList();
    }

    private static Headers handed(String... services) {
        RecordHeaders headers = new RecordHeaders();
        for (String service : services) {
            headers.add(EventHeaders.HANDED_TO, service.getBytes(StandardCharsets.UTF_8));
        }
        return headers;
    }

    private static List<String> handedTo(TestRecord<byte[], byte[]> record) {
        return handedTo(record.headers());
    }

    private static List<String> handedTo(Headers headers) {
        return StreamSupport.stream(headers.headers("handed-to").spliterator(), false)
                .map(header -> new String(header.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private static @Nullable String header(TestRecord<byte[], byte[]> record, String name) {
        return EventHeaders.text(record.headers(), name);
    }

    private static String idOfPartition(int partition) {
        return IntStream.range(0, 100)
                .mapToObj(i -> "id-" + i)
                .filter(id -> Routing.partitionOf(id, 2) == partition)
                .findFirst()
                .orElseThrow();
    }
}
