package dev.orderflow.durable.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.local.broker.Clients;
import dev.orderflow.local.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it holds back, on a broker: here, where there is one, and in its own package. */
class CommitTellingProducerTest {

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
        Clients.createTopic(broker.bootstrap(), "flushed");
        try (CommitTellingProducer producer = producer("flushed")) {
            producer.beginTransaction();
            Future<RecordMetadata> answer = send(producer, "flushed", "a");
            assertThat(answer).isNotDone();

            producer.flush();

            assertThat(answer.get().offset()).isZero();
            assertThat(told).containsExactly("a sent");
            producer.commitTransaction();
        }
        assertCommitted("flushed", "a");
    }

    @Test
    void shouldKnowItsTopicsBeforeItWritesToThem() throws Exception {
        Clients.createTopic(broker.bootstrap(), "known");
        try (CommitTellingProducer producer = producer("known", List.of("known"))) {
            double before = waited(producer);
            producer.beginTransaction();
            Future<RecordMetadata> _ = send(producer, "known", "a");
            producer.commitTransaction();

            assertThat(before).isPositive();
            assertThat(waited(producer)).isEqualTo(before);
        }
    }

    /** How long it has waited to be told of topics, in nanoseconds. */
    private static double waited(CommitTellingProducer producer) {
        return producer.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("metadata-wait-time-ns-total"))
                .mapToDouble(metric -> (double) metric.metricValue())
                .sum();
    }

    @Test
    void shouldForgetWithTheTransactionWhatWasNeverFlushed() throws Exception {
        Clients.createTopic(broker.bootstrap(), "aborted");
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
        assertCommitted("aborted", "b");
    }

    @Test
    void shouldCommitWhatWasSentAfterTheFlush() throws Exception {
        Clients.createTopic(broker.bootstrap(), "late");
        try (CommitTellingProducer producer = producer("late")) {
            producer.beginTransaction();
            Future<RecordMetadata> first = send(producer, "late", "a");
            producer.flush();
            Future<RecordMetadata> second = send(producer, "late", "b");
            producer.commitTransaction();

            assertThat(List.of(first, second)).allMatch(Future::isDone);
        }
        assertCommitted("late", "a", "b");
    }

    @Test
    void shouldCommitNothingWhereARecordWasRefused() throws Exception {
        Clients.createTopic(broker.bootstrap(), "refused");
        try (CommitTellingProducer producer = producer("refused")) {
            producer.beginTransaction();
            Future<RecordMetadata> small = send(producer, "refused", "a");
            Future<RecordMetadata> large = send(producer, "refused", "b".repeat(2_000_000));

            assertThatThrownBy(producer::commitTransaction).isInstanceOf(KafkaException.class);

            producer.abortTransaction();
            assertThat(List.of(small, large)).allMatch(Future::isDone);
            assertThat(large.state()).isEqualTo(Future.State.FAILED);
        }
        assertCommitted("refused");
    }

    @Test
    void shouldTellOfWhatItNeverSentWhenItIsClosed() throws Exception {
        Clients.createTopic(broker.bootstrap(), "closed");
        CommitTellingProducer producer = producer("closed");
        producer.beginTransaction();
        Future<RecordMetadata> dropped = send(producer, "closed", "a");

        producer.close(Duration.ZERO);

        assertThat(dropped.state()).isEqualTo(Future.State.FAILED);
    }

    private static CommitTellingProducer producer(String transactionalId) {
        return producer(transactionalId, List.of());
    }

    private static CommitTellingProducer producer(String transactionalId, List<String> topics) {
        CommitTellingProducer producer = new CommitTellingProducer(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrap(),
                        "transactional.id",
                        transactionalId,
                        "linger.ms",
                        60_000),
                topics);
        producer.initTransactions();
        return producer;
    }

    private Future<RecordMetadata> send(CommitTellingProducer producer, String topic, String value) {
        return producer.send(
                new ProducerRecord<>(topic, value.getBytes(UTF_8)),
                (_, failure) -> told.add(value.charAt(0) + " "
                        + (failure == null ? "sent" : failure.getClass().getSimpleName())));
    }

    /** All that is committed by now: up to a record that is committed after it. */
    private static void assertCommitted(String topic, String... values) throws Exception {
        Clients.commit(broker.bootstrap(), topic, List.of(LAST));
        List<String> expected = new ArrayList<>(List.of(values));
        expected.add(LAST);

        assertThat(Clients.readCommitted(broker.bootstrap(), topic, expected.size()))
                .containsExactlyElementsOf(expected);
    }
}
