package dev.orderflow.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.runtime.DurableApplication;
import dev.orderflow.durable.runtime.KafkaConnection;
import dev.orderflow.durable.runtime.Message;
import dev.orderflow.durable.runtime.Routing;
import dev.orderflow.durable.runtime.SharedTransactions;
import dev.orderflow.durable.runtime.Task;
import dev.orderflow.durable.runtime.TaskDefinition;
import dev.orderflow.durable.runtime.TaskHandler;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import dev.orderflow.events.StockAdjustment;
import dev.orderflow.local.Await;
import dev.orderflow.local.LoneInstance;
import dev.orderflow.local.broker.EmbeddedBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two services that have transactions of their own at one time and share them at another. "first" reads what comes in and writes
 * for "second", which reads both; each numbers what it handles, by a count that it keeps for each key.
 */
class SharedTransactionsOnABrokerTest {

    private static final String IN = "counts.in";
    private static final String BETWEEN = "counts.between";
    private static final String FIRST_OUT = "first.out";
    private static final String SECOND_OUT = "second.out";
    private static final String COUNTS = "counts";
    private static final int PARTITIONS = 2;

    /** Short: whoever was ended is a member of its group for so long. */
    private static final Duration SESSION = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private final AvroSerdes serdes = AvroSerdes.with(new InMemoryRegistry());
    private final List<DurableApplication> applications = new ArrayList<>();

    /** One in each partition. */
    private final List<String> keys = IntStream.range(0, PARTITIONS)
            .mapToObj(SharedTransactionsOnABrokerTest::keyOf)
            .toList();

    private EmbeddedBroker broker;
    private int sent;

    @BeforeEach
    void start() throws Exception {
        broker = new EmbeddedBroker(
                        directory.resolve("broker"),
                        0,
                        Map.of("group.min.session.timeout.ms", Long.toString(SESSION.toMillis())))
                .start();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            admin.createTopics(Stream.of(
                                    IN,
                                    BETWEEN,
                                    FIRST_OUT,
                                    SECOND_OUT,
                                    "first.dead-letters",
                                    "first.redrives",
                                    "second.dead-letters",
                                    "second.redrives")
                            .map(topic -> new NewTopic(topic, PARTITIONS, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
    }

    @AfterEach
    void stop() {
        applications.forEach(DurableApplication::close);
        broker.close();
    }

    @Test
    void shouldHandleEveryRecordOnceWhereServicesBeginAndEndToShareTheirTransactions() throws Exception {
        DurableApplication first = alone(first());
        DurableApplication second = alone(second());
        send();
        awaitFirst();
        awaitSecond();
        second.close();
        send();
        awaitFirst();
        first.close();
        send();
        assertThat(handed()).as("handed over while each was alone").isZero();

        DurableApplication both = together();
        awaitSecond();
        Await.until(
                "what is handed over", PATIENCE, this::isHandedOverNow, () -> handed() + " of " + PARTITIONS * sent);
        send();
        awaitFirst();
        awaitSecond();
        both.close();
        long handed = handed();

        first = alone(first());
        second = alone(second());
        send();
        awaitFirst();
        awaitSecond();
        first.close();
        send();
        Await.until("what comes in", PATIENCE, () -> ids(SECOND_OUT).containsAll(sent("in")), () -> ids(SECOND_OUT));
        second.close();
        assertThat(handed()).as("handed over until they were alone again").isEqualTo(handed);

        both = together();
        send();
        awaitFirst();
        awaitSecond();
        both.close();

        assertThat(ids(FIRST_OUT)).containsExactlyInAnyOrderElementsOf(sent("in"));
        assertThat(ids(SECOND_OUT))
                .containsExactlyInAnyOrderElementsOf(Stream.of(sent("in"), sent("between"))
                        .flatMap(List::stream)
                        .toList());
        for (String key : keys) {
            assertThat(counts(FIRST_OUT, key))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, sent).boxed().toList());
            assertThat(counts(SECOND_OUT, key))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 2L * sent).boxed().toList());
            assertThat(ids(SECOND_OUT))
                    .as("in the order in which it was written")
                    .containsSubsequence(ofKey(sent("between"), key));
        }
    }

    @Test
    void shouldNotBeginAloneWhereTheSameServicesShareTheirTransactions() throws Exception {
        together();
        send();
        awaitSecond();

        DurableApplication alone =
                new DurableApplication(second(), connection("elsewhere"), serdes, new SimpleMeterRegistry());

        assertThatThrownBy(alone::start)
                .isInstanceOf(TerminalException.class)
                .hasMessageContaining("[test]")
                .hasMessageContaining("transactions.shared");
        assertThat(alone.isReady()).isFalse();
    }

    @Test
    void shouldNotShareTransactionsWhereOneOfTheServicesRunsAlone() throws Exception {
        alone(first());
        send();
        awaitFirst();

        SharedTransactions shared = new SharedTransactions(connection("elsewhere"), serdes, new SimpleMeterRegistry());
        DurableApplication first = new DurableApplication(first(), shared);
        DurableApplication second = new DurableApplication(second(), shared);
        first.start();

        assertThatThrownBy(second::start)
                .isInstanceOf(TerminalException.class)
                .hasMessageContaining("[test-first]")
                .hasMessageContaining("transactions.shared");
    }

    private static TaskDefinition<Counting> first() {
        return TaskDefinition.named("first", Counting::new)
                .input(IN, StockAdjustment.class, StockAdjustment::getStockLocation, (counting, message) -> {
                    counting.count(FIRST_OUT, "in", message);
                    counting.task.emit(
                            BETWEEN,
                            message.key(),
                            message.value(),
                            message.value().getAdjustmentId(),
                            "Passed");
                })
                .output(FIRST_OUT, StockAdjustment.class)
                .output(BETWEEN, StockAdjustment.class)
                .store(COUNTS, StockAdjustment.class)
                .build();
    }

    private static TaskDefinition<Counting> second() {
        return TaskDefinition.named("second", Counting::new)
                .input(
                        IN,
                        StockAdjustment.class,
                        StockAdjustment::getStockLocation,
                        (counting, message) -> counting.count(SECOND_OUT, "in", message))
                .inputOfServices(
                        BETWEEN,
                        StockAdjustment.class,
                        StockAdjustment::getStockLocation,
                        (counting, message) -> counting.count(SECOND_OUT, "between", message))
                .output(SECOND_OUT, StockAdjustment.class)
                .store(COUNTS, StockAdjustment.class)
                .build();
    }

    private static final class Counting implements TaskHandler {

        private final Task task;

        Counting(Task task) {
            this.task = task;
        }

        void count(String out, String from, Message<StockAdjustment> message) {
            StockAdjustment before = task.store(COUNTS, StockAdjustment.class).get(message.key());
            StockAdjustment counted = thing(
                    from + " " + message.value().getAdjustmentId(),
                    message.key(),
                    before == null ? 1 : before.getDelta() + 1);
            task.store(COUNTS, StockAdjustment.class).put(message.key(), counted);
            task.emit(out, message.key(), counted, counted.getAdjustmentId(), "Counted");
        }
    }

    private DurableApplication alone(TaskDefinition<?> definition) {
        DurableApplication application =
                new DurableApplication(definition, connection("state"), serdes, new SimpleMeterRegistry());
        application.start();
        applications.add(application);
        return application;
    }

    /** Any of them stands for both. */
    private DurableApplication together() {
        SharedTransactions shared = new SharedTransactions(connection("state"), serdes, new SimpleMeterRegistry());
        DurableApplication first = new DurableApplication(first(), shared);
        DurableApplication second = new DurableApplication(second(), shared);
        first.start();
        second.start();
        applications.add(first);
        return first;
    }

    private KafkaConnection connection(String state) {
        return LoneInstance.connection(broker.bootstrap(), directory.resolve(state), SESSION);
    }

    /** One record of each key. */
    private void send() throws Exception {
        sent++;
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (String key : keys) {
                StockAdjustment value = thing(key + " " + sent, key, 0);
                producer.send(new ProducerRecord<>(IN, Routing.keyBytes(key), serdes.serialize(IN, value)))
                        .get();
            }
        }
    }

    /** What has come of all that was sent, as far as it comes from one of the topics. */
    private List<String> sent(String from) {
        return IntStream.rangeClosed(1, sent)
                .boxed()
                .flatMap(number -> keys.stream().map(key -> from + " " + key + " " + number))
                .toList();
    }

    private static List<String> ofKey(List<String> ids, String key) {
        return ids.stream().filter(id -> id.contains(" " + key + " ")).toList();
    }

    private void awaitFirst() {
        Await.until("first", PATIENCE, () -> ids(FIRST_OUT).containsAll(sent("in")), () -> ids(FIRST_OUT));
    }

    private void awaitSecond() {
        Await.until(
                "second",
                PATIENCE,
                () -> ids(SECOND_OUT).containsAll(sent("in")) && ids(SECOND_OUT).containsAll(sent("between")),
                () -> ids(SECOND_OUT));
    }

    /** Nothing is until all is read that was written before. */
    private boolean isHandedOverNow() throws Exception {
        long before = handed();
        send();
        awaitSecond();
        return handed() == before + PARTITIONS;
    }

    private long handed() {
        return read(BETWEEN).stream()
                .filter(record -> record.headers().lastHeader("handed-to") != null)
                .count();
    }

    private List<String> ids(String topic) {
        return read(topic).stream()
                .map(record -> value(record).getAdjustmentId())
                .toList();
    }

    private List<Long> counts(String topic, String key) {
        return read(topic).stream()
                .map(this::value)
                .filter(value -> value.getStockLocation().equals(key))
                .map(StockAdjustment::getDelta)
                .toList();
    }

    private StockAdjustment value(ConsumerRecord<byte[], byte[]> record) {
        return serdes.deserialize(record.topic(), record.value(), StockAdjustment.class);
    }

    /** All that is committed in a topic. */
    private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrap(),
                        "isolation.level",
                        "read_committed",
                        "auto.offset.reset",
                        "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Instant deadline = Instant.now().plus(PATIENCE);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                assertThat(Instant.now()).as("while reading " + topic).isBefore(deadline);
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
            }
        }
        return found;
    }

    private static StockAdjustment thing(String id, String key, long count) {
        return new StockAdjustment(key, "p", count, id, Instant.EPOCH);
    }

    private static String keyOf(int partition) {
        return IntStream.range(0, 100)
                .mapToObj(i -> "key-" + i)
                .filter(key -> Routing.partitionOf(key, PARTITIONS) == partition)
                .findFirst()
                .orElseThrow();
    }
}
