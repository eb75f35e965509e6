package dev.orderflow.system.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.runtime.DurableApplication;
import dev.orderflow.durable.runtime.KafkaConnection;
import dev.orderflow.durable.runtime.TaskDefinition;
import dev.orderflow.durable.runtime.TopicCheck;
import dev.orderflow.durable.settings.Settings;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import dev.orderflow.events.StockAdjustment;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
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
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the runtime promises on any Kafka: every record is handled once, whatever ends the application. */
abstract class ExactlyOnceContract {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int EACH_PHASE = 1_000;
    private static final int LOCATIONS = 7;

    private final AvroSerdes serdes = AvroSerdes.with(new InMemoryRegistry());

    /** Where the Kafka under test is reached. */
    abstract String bootstrap();

    @Test
    void shouldHandleEveryRecordOnceOverAStopACrashAndALossOfState(@TempDir Path directory) throws Exception {
        createTopics();

        send(0);
        try (DurableApplication stopped = start(CountingTask.enduring(), directory.resolve("kept"))) {
            await(stopped::isReady, "it runs");
            awaitNumbered(1);
        }
        send(1);
        try (DurableApplication crashed =
                start(CountingTask.crashingAfter(EACH_PHASE / 3), directory.resolve("kept"))) {
            await(() -> !crashed.isAlive(), "it has died");
        }
        send(2);
        List<StockAdjustment> numbered;
        try (DurableApplication anew = start(CountingTask.enduring(), directory.resolve("lost"))) {
            await(anew::isReady, "it runs again");
            numbered = awaitNumbered(3 * EACH_PHASE);
        }

        assertThat(numbered)
                .extracting(StockAdjustment::getAdjustmentId)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 3 * EACH_PHASE)
                        .mapToObj(Integer::toString)
                        .toList());
        Map<String, Long> last = new HashMap<>();
        for (StockAdjustment each : numbered) {
            assertThat(each.getDelta())
                    .as("number of %s in %s", each.getAdjustmentId(), each.getStockLocation())
                    .isEqualTo(last.merge(each.getStockLocation(), 1L, Long::sum));
        }
    }

    private DurableApplication start(TaskDefinition<?> definition, Path directory) {
        Settings settings = Settings.of(Map.of("kafka.bootstrap", bootstrap(), "data.dir", directory.toString()));
        DurableApplication application =
                new DurableApplication(definition, KafkaConnection.from(settings), serdes, new SimpleMeterRegistry());
        application.start();
        return application;
    }

    private void createTopics() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
            TopicCheck.ensure(
                    admin,
                    Stream.of(CountingTask.IN, CountingTask.OUT, "counting.dead-letters", "counting.redrives")
                            .map(name -> new NewTopic(name, 2, (short) 1))
                            .toList());
        }
    }

    private void send(int phase) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap()), new StringSerializer(), new ByteArraySerializer())) {
            List<? extends Future<?>> sent = IntStream.range(phase * EACH_PHASE, (phase + 1) * EACH_PHASE)
                    .mapToObj(id -> {
                        String location = "location-" + id % LOCATIONS;
                        return producer.send(new ProducerRecord<>(
                                CountingTask.IN,
                                location,
                                serdes.serialize(CountingTask.IN, adjustment(id, location))));
                    })
                    .toList();
            producer.flush();
            sent.forEach(Future::resultNow);
        }
    }

    private static StockAdjustment adjustment(int id, String location) {
        return new StockAdjustment(
                location, "lamp", 0L, Integer.toString(id), Instant.ofEpochMilli(1_800_000_000_000L + id));
    }

    /** All that is committed, in the order of each location, as soon as it is so much. */
    private List<StockAdjustment> awaitNumbered(int expected) {
        List<StockAdjustment> numbered = new ArrayList<>();
        Instant end = Instant.now().plus(PATIENCE);
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap(), "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(consumer.partitionsFor(CountingTask.OUT).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList());
            consumer.seekToBeginning(consumer.assignment());
            while (numbered.size() < expected && Instant.now().isBefore(end)) {
                for (ConsumerRecord<String, byte[]> each : consumer.poll(Duration.ofMillis(200))) {
                    numbered.add(serdes.deserialize(each.topic(), each.value(), StockAdjustment.class));
                }
            }
        }
        assertThat(numbered).as("committed within %s", PATIENCE).hasSizeGreaterThanOrEqualTo(expected);
        return numbered;
    }

    private static void await(BooleanSupplier condition, String what) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("%s within %s", what, PATIENCE).isBefore(end);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
