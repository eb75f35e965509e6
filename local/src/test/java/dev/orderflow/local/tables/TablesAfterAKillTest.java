package dev.orderflow.local.tables;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.runtime.DurableApplication;
import dev.orderflow.durable.runtime.Routing;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.events.StockAdjustment;
import dev.orderflow.local.Await;
import dev.orderflow.local.broker.EmbeddedBroker;
import dev.orderflow.local.process.ChildProcess;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A kill leaves tables that go on from where they are, with what was committed and nothing else. */
class TablesAfterAKillTest {

    private static final Logger LOG = LoggerFactory.getLogger(TablesAfterAKillTest.class);
    private static final int ROWS = Integer.getInteger("tables.rows", 100_000);
    private static final int FEW = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    private final AvroSerdes serdes = Things.serdes();
    private EmbeddedBroker broker;
    private int sent;

    @BeforeEach
    void start() throws Exception {
        broker = new EmbeddedBroker(directory.resolve("broker"), 0, Map.of()).start();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            admin.createTopics(Stream.of(Things.IN, Things.OUT, Things.DEAD_LETTERS, Things.REDRIVES)
                            .map(topic -> new NewTopic(topic, Things.PARTITIONS, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void shouldRestoreNoMoreThanTheLastTransactionsAndHaveWhatWasCommitted() throws Exception {
        ChildProcess things = ThingsProcess.start(directory, broker.bootstrap());
        send(this::rows);
        awaitAnswers(1);
        send(out -> out.accept(keyOf(0), Things.HANG));
        Await.until("a transaction that hangs", PATIENCE, () -> Files.exists(ThingsProcess.hangs(directory)));
        Await.until("its records in the changelog", PATIENCE, this::hasUncommitted);
        things.kill();
        things.onExit().get();

        MeterRegistry meters = new SimpleMeterRegistry();
        try (DurableApplication again = again(meters)) {
            assertThat(restored(meters)).isLessThan(FEW);
            awaitAnswers(2);
            assertThat(lastAnswers()).isEqualTo(committed());
            assertThat(again.isReady()).isTrue();
        }

        MeterRegistry metersOfTheThird = new SimpleMeterRegistry();
        try (DurableApplication third = again(metersOfTheThird)) {
            assertThat(restored(metersOfTheThird))
                    .as("of %s after a clean end", third.status())
                    .isLessThan(FEW);
        }
    }

    @Test
    void shouldBeginAnewWhereTheChangelogIsAnotherOne() throws Exception {
        try (DurableApplication things = again(new SimpleMeterRegistry())) {
            send(out -> out.accept("thing", Things.KEEP));
            send(this::ask);
            awaitAnswers(2);
            assertThat(lastAnswers().values()).as(things.status()).anyMatch(said -> said.startsWith("1 rows"));
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            admin.deleteTopics(List.of(Things.CHANGELOG)).all().get();
            Await.until("a changelog of the same name", PATIENCE, () -> {
                admin.createTopics(List.of(new NewTopic(Things.CHANGELOG, Things.PARTITIONS, (short) 1)))
                        .all()
                        .get();
                return true;
            });
        }

        try (DurableApplication things = again(new SimpleMeterRegistry())) {
            awaitAnswers(3);
            assertThat(lastAnswers().values()).as(things.status()).allMatch(said -> said.startsWith("0 rows"));
        }
    }

    private DurableApplication again(MeterRegistry meters) throws Exception {
        long begun = System.nanoTime();
        DurableApplication application =
                Things.application(broker.bootstrap(), ThingsProcess.state(directory), meters, null);
        application.start();
        Await.until("things that run again", PATIENCE, application::isReady, application::status);
        LOG.info(
                "Ready again after {} ms with {} of {} records restored",
                Duration.ofNanos(System.nanoTime() - begun).toMillis(),
                restored(meters),
                2 * ROWS);
        send(this::ask);
        return application;
    }

    private static long restored(MeterRegistry meters) {
        return (long) meters.find("orderflow.restored.records").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    /** Every tenth row is dropped again, and every fifth one changed. */
    private void rows(BiConsumer<String, String> send) {
        for (int i = 0; i < ROWS; i++) {
            send.accept("thing-" + i, Things.KEEP);
        }
        for (int i = 0; i < ROWS; i += 5) {
            send.accept("thing-" + i, i % 10 == 0 ? Things.DROP : Things.KEEP);
        }
        ask(send);
    }

    private void ask(BiConsumer<String, String> send) {
        for (int partition = 0; partition < Things.PARTITIONS; partition++) {
            send.accept(keyOf(partition), Things.SAY);
        }
    }

    private static String keyOf(int partition) {
        return Stream.iterate(0, i -> i + 1)
                .map(i -> "asks-" + i)
                .filter(key -> Routing.partitionOf(key, Things.PARTITIONS) == partition)
                .findFirst()
                .orElseThrow();
    }

    private void send(Consumer<BiConsumer<String, String>> messages) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap(), "linger.ms", "20"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            List<Future<RecordMetadata>> results = new ArrayList<>();
            messages.accept((key, what) -> results.add(producer.send(new ProducerRecord<>(
                    Things.IN,
                    key.getBytes(UTF_8),
                    serdes.serialize(Things.IN, Things.thing(key, what, "version " + sent++))))));
            producer.flush();
            assertThat(results).allMatch(each -> each.state() == Future.State.SUCCESS);
        }
    }

    private void awaitAnswers(int rounds) {
        Await.until(
                "answers of every partition",
                PATIENCE,
                () -> answers().size() == rounds * Things.PARTITIONS,
                this::answers);
    }

    private List<ConsumerRecord<byte[], byte[]>> answers() {
        return read(Things.OUT, "read_committed");
    }

    /** What each partition has said last that it keeps. */
    private Map<Integer, String> lastAnswers() {
        Map<Integer, String> last = new TreeMap<>();
        answers()
                .forEach(record -> last.put(
                        record.partition(),
                        serdes.deserialize(Things.OUT, record.value(), StockAdjustment.class)
                                .getAdjustmentId()));
        return last;
    }

    private boolean hasUncommitted() {
        return read(Things.CHANGELOG, "read_uncommitted").stream()
                .anyMatch(record -> new String(record.key(), UTF_8).startsWith(Things.NEVER));
    }

    /** What tables with everything that is committed would say. */
    private Map<Integer, String> committed() {
        Map<Integer, TreeMap<String, StockAdjustment>> partitions = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : read(Things.CHANGELOG, "read_committed")) {
            TreeMap<String, StockAdjustment> rows =
                    partitions.computeIfAbsent(record.partition(), partition -> new TreeMap<>());
            String key = new String(record.key(), UTF_8);
            if (record.value() == null) {
                rows.remove(key);
            } else {
                rows.put(key, serdes.deserialize(Things.CHANGELOG, record.value(), StockAdjustment.class));
            }
        }
        Map<Integer, String> answers = new TreeMap<>();
        partitions.forEach((partition, rows) -> {
            int digest = 0;
            for (Map.Entry<String, StockAdjustment> row : rows.entrySet()) {
                digest = Things.digest(digest, row.getKey(), row.getValue());
            }
            answers.put(partition, rows.size() + " rows, digest " + digest);
        });
        return answers;
    }

    private List<ConsumerRecord<byte[], byte[]>> read(String topic, String isolation) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        List<TopicPartition> partitions = Stream.iterate(0, i -> i + 1)
                .limit(Things.PARTITIONS)
                .map(partition -> new TopicPartition(topic, partition))
                .toList();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrap(),
                        "isolation.level",
                        isolation,
                        "auto.offset.reset",
                        "earliest",
                        "max.poll.records",
                        "20000"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
            }
        }
        return found;
    }
}
