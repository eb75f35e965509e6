package dev.orderflow.durable.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.orderflow.local.broker.Clients;
import dev.orderflow.local.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table that says how far it has come, and a changelog of three records, on a broker. */
class ChangelogConsumerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration MOMENT = Duration.ofMillis(50);
    private static final TopicPartition CHANGELOG = new TopicPartition("things-changelog", 0);

    @TempDir
    static Path directory;

    private static EmbeddedBroker broker;

    private final Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()));

    @BeforeAll
    static void startBrokerWithThreeRecords() throws Exception {
        broker = new EmbeddedBroker(directory, 0, Map.of()).start();
        Clients.createTopic(broker.bootstrap(), CHANGELOG.topic());
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap()), new StringSerializer(), new StringSerializer())) {
            for (String value : List.of("a", "b", "c")) {
                producer.send(new ProducerRecord<>(CHANGELOG.topic(), value)).get();
            }
        }
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @AfterEach
    void closeAdmin() {
        admin.close();
    }

    @Test
    void shouldRestoreWhatTheTableLacks() {
        try (ChangelogConsumer consumer = at(1, admin)) {
            assertThat(read(consumer, 2)).containsExactly("b", "c");
        }
    }

    @Test
    void shouldTakeATableThatHasAllForWhatItIs() {
        try (ChangelogConsumer consumer = at(3, admin)) {
            assertThat(consumer.poll(MOMENT)).isEmpty();
            assertThat(consumer.position(CHANGELOG)).isEqualTo(3);
        }
    }

    @Test
    void shouldSayThatATableHasComeFurtherThanItsChangelog() {
        try (ChangelogConsumer consumer = at(4, admin)) {
            assertThatThrownBy(() -> consumer.poll(MOMENT))
                    .asInstanceOf(type(OffsetOutOfRangeException.class))
                    .satisfies(beyond ->
                            assertThat(beyond.offsetOutOfRangePartitions()).isEqualTo(Map.of(CHANGELOG, 4L)));
        }
    }

    @Test
    void shouldRestoreNothingWhileTheEndIsNotKnown() {
        Map<String, Object> nowhere = Map.of(
                "bootstrap.servers", "127.0.0.1:1",
                "request.timeout.ms", 100,
                "default.api.timeout.ms", 100);
        try (Admin lost = Admin.create(nowhere);
                ChangelogConsumer consumer = at(0, lost)) {
            assertThat(consumer.poll(MOMENT)).isEmpty();
            assertThat(consumer.poll(MOMENT)).isEmpty();
            assertThat(consumer.position(CHANGELOG)).isZero();
        }
    }

    private static ChangelogConsumer at(long offset, Admin admin) {
        ChangelogConsumer consumer = new ChangelogConsumer(Map.of("bootstrap.servers", broker.bootstrap()), admin);
        consumer.assign(List.of(CHANGELOG));
        consumer.seek(CHANGELOG, offset);
        return consumer;
    }

    private static List<String> read(ChangelogConsumer consumer, int expected) {
        List<String> values = new ArrayList<>();
        Instant deadline = Instant.now().plus(PATIENCE);
        while (values.size() < expected && Instant.now().isBefore(deadline)) {
            consumer.poll(MOMENT).forEach(record -> values.add(new String(record.value(), UTF_8)));
        }
        return values;
    }
}
