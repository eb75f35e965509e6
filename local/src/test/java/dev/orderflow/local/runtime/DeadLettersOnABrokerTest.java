package dev.orderflow.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.deadletter.DeadLetter;
import dev.orderflow.durable.deadletter.DeadLetterId;
import dev.orderflow.durable.deadletter.DeadLetterPage;
import dev.orderflow.durable.deadletter.DeadLetters;
import dev.orderflow.durable.deadletter.Redrive;
import dev.orderflow.durable.runtime.DeadLetterHeaders;
import dev.orderflow.durable.runtime.Origin;
import dev.orderflow.local.LoneInstance;
import dev.orderflow.local.broker.EmbeddedBroker;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of dead letters, and what it sends again, on a real broker. */
class DeadLettersOnABrokerTest {

    /** Near to that of the ends of transactions, which have the broker's time: both are looked for by time. */
    @SuppressWarnings("TimeInStaticInitializer")
    private static final Instant TIME = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    private static final Instant LATER = TIME.plus(Duration.ofMinutes(30));
    private static final Instant OLD = LATER.minus(Duration.ofDays(8));
    private static final Duration SESSION = Duration.ofSeconds(10);
    private static final int OF_THINGS = 800;

    @TempDir
    static Path directory;

    private static EmbeddedBroker broker;
    private static DeadLetters letters;

    @BeforeAll
    static void start() throws Exception {
        broker = new EmbeddedBroker(directory.resolve("broker"), 0, Map.of()).start();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            admin.createTopics(Stream.of("things.dead-letters", "things.redrives", "sink.dead-letters")
                            .map(topic -> new NewTopic(topic, 2, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
        letters = new DeadLetters(
                LoneInstance.connection(broker.bootstrap(), directory.resolve("state"), SESSION),
                List.of("things", "sink"),
                List.of("things"),
                topic -> Optional.of(Duration.ofDays(7)),
                InstantSource.fixed(LATER));
        // In transactions, as services write them: the ends of transactions have offsets, too, and one was aborted.
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap(), "transactional.id", "test"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            var _ = producer.send(letter("things", 0, -1, "things.in"));
            producer.flush();
            producer.abortTransaction();
            for (int i = 0; i < OF_THINGS; i++) {
                producer.beginTransaction();
                var _ = producer.send(letter("things", i % 2, i, "things.in"));
                producer.commitTransaction();
            }
            producer.beginTransaction();
            ProducerRecord<byte[], byte[]> old = letter("things", 0, -2, "things.in");
            old.headers().add("dl_timestamp", Long.toString(OLD.toEpochMilli()).getBytes(StandardCharsets.UTF_8));
            var _ = producer.send(old);
            var _ = producer.send(letter("sink", 0, OF_THINGS, "things.out"));
            var _ = producer.send(letter("things", 1, OF_THINGS + 1, "timer"));
            producer.commitTransaction();
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void shouldListAllNewestFirstPageByPage() {
        List<DeadLetter> all = new ArrayList<>();
        DeadLetterPage page = letters.list(Set.of(), null, 400);
        all.addAll(page.letters());
        while (page.next().isPresent()) {
            page = letters.list(Set.of(), page.next().get(), 400);
            all.addAll(page.letters());
        }

        assertThat(all).hasSize(OF_THINGS + 3).doesNotHaveDuplicates();
        assertThat(all).extracting(DeadLetter::time).isSortedAccordingTo((Instant a, Instant b) -> b.compareTo(a));
        DeadLetter first = all.get(all.size() - 2);
        assertThat(first.key()).isEqualTo("key-0");
        assertThat(first.reason()).isEqualTo("reason 0");
        assertThat(first.origin()).isEqualTo(new Origin("things.in", 0, 0));
        assertThat(letters.isRedrivable(first)).isTrue();
        DeadLetter old = all.getLast();
        assertThat(letters.isRedrivable(old)).isFalse();
        assertThat(why(letters.redrive(List.of(old.id()), null, true).getFirst()))
                .contains("it is of " + OLD, "forgotten since " + OLD.plus(Duration.ofDays(7)));
    }

    @Test
    void shouldListThoseOfOneService() {
        DeadLetterPage page = letters.list(Set.of("sink"), null, 10);

        assertThat(page.letters()).singleElement().satisfies(letter -> {
            assertThat(letter.id().service()).isEqualTo("sink");
            assertThat(letters.isRedrivable(letter)).isFalse();
        });
        assertThat(page.more()).isFalse();
    }

    @Test
    void shouldShowOneWhole() {
        DeadLetter newest = newest(2).getLast();

        assertThat(letters.find(newest.id())).hasValueSatisfying(content -> {
            assertThat(content.letter()).isEqualTo(newest);
            assertThat(content.value()).contains(ByteBuffer.wrap(value(OF_THINGS - 1)));
            assertThat(content.headers().lastHeader("theirs").value()).containsExactly(9);
        });
        assertThat(letters.find(new DeadLetterId("things", 0, 0)))
                .as("of a transaction that was aborted")
                .isEmpty();
        assertThat(letters.find(new DeadLetterId("things", 0, 99_999))).isEmpty();
        assertThat(letters.find(new DeadLetterId("things", 7, 1))).isEmpty();
        assertThat(letters.find(new DeadLetterId("nobody", 0, 1))).isEmpty();
    }

    @Test
    void shouldSendAgainWhatCanBeAndSayWhyNotTheRest() {
        List<DeadLetter> three = newest(4).subList(1, 4);
        DeadLetterId timer = newest(1).getFirst().id();
        DeadLetterId sink =
                letters.list(Set.of("sink"), null, 1).letters().getFirst().id();
        DeadLetterId gone = new DeadLetterId("things", 0, 99_999);
        DeadLetterId nobody = new DeadLetterId("nobody", 0, 1);
        DeadLetterId first = three.getFirst().id();
        DeadLetterId second = three.get(1).id();

        List<Redrive> results =
                letters.redrive(List.of(first, timer, second, sink, gone, nobody, first), "mended", false);

        assertThat(results).extracting(Redrive::id).containsExactly(first, timer, second, sink, gone, nobody);
        assertThat(results.getFirst()).isInstanceOfSatisfying(Redrive.Sent.class, sent -> {
            assertThat(sent.time()).isEqualTo(LATER);
            assertThat(sent.to().topic()).isEqualTo("things.redrives");
        });
        assertThat(results.get(2)).isInstanceOf(Redrive.Sent.class);
        assertThat(why(results.get(1))).contains("timer");
        assertThat(why(results.get(3))).contains("sink reads no dead letters again");
        assertThat(why(results.get(4))).contains("no such dead letter");
        assertThat(why(results.get(5))).contains("things", "sink");

        assertThat(letters.list(Set.of("things"), null, 5).sentAgain())
                .containsOnly(Map.entry(first, LATER), Map.entry(second, LATER));
        assertThat(letters.find(first))
                .hasValueSatisfying(content -> assertThat(content.sentAgain()).contains(LATER));
        assertThat(why(letters.redrive(List.of(first), null, false).getFirst())).contains("sent again at " + LATER);
        assertThat(letters.redrive(List.of(first), null, true)).singleElement().isInstanceOf(Redrive.Sent.class);
    }

    private static List<DeadLetter> newest(int count) {
        return letters.list(Set.of("things"), null, count).letters();
    }

    private static String why(Redrive result) {
        assertThat(result).isInstanceOf(Redrive.Refused.class);
        return ((Redrive.Refused) result).why();
    }

    private static byte[] value(int number) {
        return ("value-" + number).getBytes(StandardCharsets.UTF_8);
    }

    private static ProducerRecord<byte[], byte[]> letter(String service, int partition, int number, String topic) {
        RecordHeaders original = new RecordHeaders();
        original.add("theirs", new byte[] {9});
        Instant time = TIME.plusMillis(number);
        return new ProducerRecord<>(
                service + ".dead-letters",
                partition,
                time.toEpochMilli(),
                ("key-" + number).getBytes(StandardCharsets.UTF_8),
                value(number),
                DeadLetterHeaders.of(
                        original,
                        service,
                        new Origin(topic, partition, topic.equals("timer") ? -1 : Math.abs(number)),
                        time,
                        "reason " + number));
    }
}
