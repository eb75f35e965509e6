package dev.orderflow.durable.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.local.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it holds back, on a broker: here, where there is one, and in its own package. */
class CommitTellingProducerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String LAST = "last";

    @TempDir
    static Path directory;

    private static EmbeddedBroker broker;

    private final List<String> told = new ArrayList<>();

    @BeforeAll
    static void startBroker() {
        broker = new EmbeddedBroker(directory, 0, Map.of()).start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void shouldSendWithTheFlushAndTellOfItBeforeTheCommit() throws Exception {
        createTopic("flushed");
        try (CommitTellingProducer producer = producer("flushed")) {
            producer.beginTransaction();
            Future<RecordMetadata> answer = send(producer, "flushed", "a");
            assertThat(answer).isNotDone();

            producer.flush();

            assertThat(answer.get().offset()).isZero();
            assertThat(told).containsExactly("a sent");
            producer.commitTransaction();
        }
        assertThat(committed("flushed")).containsExactly("a");
    }

    @Test
    void shouldForgetWithTheTransactionWhatWasNeverFlushed() throws Exception {
        createTopic("aborted");
        try (CommitTellingProducer producer = producer("aborted")) {
            producer.beginTransaction();
            Future<RecordMetadata> forgotten = send(producer, "aborted", "a");
            producer.abortTransaction();
            producer.beginTransaction();
            Future<RecordMetadata> kept = send(producer, "aborted", "b");
            producer.flush();
            producer.commitTransaction();

            assertThat(told).containsExactly("a TransactionAbortedException", "b sent");
            assertThat(forgotten.state()).isEqualTo(Future.State.FAILED);
            assertThat(kept.state()).isEqualTo(Future.State.SUCCESS);
        }
        assertThat(committed("aborted")).containsExactly("b");
    }

    @Test
    void shouldCommitWhatWasSentAfterTheFlush() throws Exception {
        createTopic("late");
        try (CommitTellingProducer producer = producer("late")) {
            producer.beginTransaction();
            Future<RecordMetadata> first = send(producer, "late", "a");
            producer.flush();
            Future<RecordMetadata> second = send(producer, "late", "b");
            producer.commitTransaction();

            assertThat(List.of(first, second)).allMatch(Future::isDone);
        }
        assertThat(committed("late")).containsExactly("a", "b");
    }

    @Test
    void shouldCommitNothingWhereARecordWasRefused() throws Exception {
        createTopic("refused");
        try (CommitTellingProducer producer = producer("refused")) {
            producer.beginTransaction();
            Future<RecordMetadata> small = send(producer, "refused", "a");
            Future<RecordMetadata> large = send(producer, "refused", "b".repeat(2_000_000));

            assertThatThrownBy(producer::commitTransaction).isInstanceOf(KafkaException.class);

            producer.abortTransaction();
            assertThat(List.of(small, large)).allMatch(Future::isDone);
            assertThat(large.state()).isEqualTo(Future.State.FAILED);
        }
        assertThat(committed("refused")).isEmpty();
    }

    @Test
    void shouldTellOfWhatItNeverSentWhenItIsClosed() throws Exception {
        createTopic("closed");
        CommitTellingProducer producer = producer("closed");
        producer.beginTransaction();
        Future<RecordMetadata> dropped = send(producer, "closed", "a");

        producer.close(Duration.ZERO);

        assertThat(dropped.state()).isEqualTo(Future.State.FAILED);
    }

    private static CommitTellingProducer producer(String transactionalId) {
        CommitTellingProducer producer = new CommitTellingProducer(Map.of(
                "bootstrap.servers", broker.bootstrap(), "transactional.id", transactionalId, "linger.ms", 60_000));
        producer.initTransactions();
        return producer;
    }

    private Future<RecordMetadata> send(CommitTellingProducer producer, String topic, String value) {
        return producer.send(
                new ProducerRecord<>(topic, value.getBytes(UTF_8)),
                (_, failure) -> told.add(value.charAt(0) + " "
                        + (failure == null ? "sent" : failure.getClass().getSimpleName())));
    }

    private static void createTopic(String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    /** All that is committed by now: up to a record that is committed after it. */
    private static List<String> committed(String topic) {
        try (CommitTellingProducer producer = producer(topic + "-end")) {
            producer.beginTransaction();
            Future<RecordMetadata> _ = producer.send(new ProducerRecord<>(topic, LAST.getBytes(UTF_8)), null);
            producer.flush();
            producer.commitTransaction();
        }
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", broker.bootstrap(),
                        "isolation.level", "read_committed",
                        "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            List<String> values = new ArrayList<>();
            Instant deadline = Instant.now().plus(PATIENCE);
            while (!values.contains(LAST) && Instant.now().isBefore(deadline)) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
            }
            assertThat(values).endsWith(LAST);
            return values.subList(0, values.size() - 1);
        }
    }
}
