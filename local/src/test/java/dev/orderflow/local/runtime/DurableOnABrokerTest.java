package dev.orderflow.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.runtime.DeadLetterHeaders;
import dev.orderflow.durable.runtime.DurableApplication;
import dev.orderflow.durable.runtime.Message;
import dev.orderflow.durable.runtime.Task;
import dev.orderflow.durable.runtime.TaskDefinition;
import dev.orderflow.durable.runtime.TaskHandler;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import dev.orderflow.events.StockAdjustment;
import dev.orderflow.local.LoneInstance;
import dev.orderflow.local.broker.EmbeddedBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
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

/** What of the runtime no test without a broker can show: stream threads that die and are replaced. */
class DurableOnABrokerTest {

    private static final String IN = "things.in";
    private static final String OUT = "things.out";
    private static final String DEAD = "things.dead-letters";
    private static final String REDRIVES = "things.redrives";

    private static final String BROKEN = "broken";

    /** Long, so that a test can tell whether anybody has waited for its end. */
    private static final Duration SESSION = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private final AvroSerdes serdes = AvroSerdes.with(new InMemoryRegistry());
    private final AtomicInteger failuresLeft = new AtomicInteger();
    private EmbeddedBroker broker;
    private DurableApplication application;

    @BeforeEach
    void start() throws Exception {
        broker = new EmbeddedBroker(directory.resolve("broker"), 0, Map.of()).start();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            admin.createTopics(List.of(
                            new NewTopic(IN, 2, (short) 1),
                            new NewTopic(OUT, 2, (short) 1),
                            new NewTopic(DEAD, 2, (short) 1),
                            new NewTopic(REDRIVES, 2, (short) 1)))
                    .all()
                    .get();
        }
        application = new DurableApplication(
                definition(),
                LoneInstance.connection(broker.bootstrap(), directory.resolve("state"), SESSION),
                serdes,
                new SimpleMeterRegistry());
        application.start();
    }

    @AfterEach
    void stop() {
        application.close();
        broker.close();
    }

    @Test
    void shouldGoOnLongBeforeTheSessionOfADeadThreadIsOver() throws Exception {
        failuresLeft.set(1);
        Instant sent = Instant.now();

        send("fails once");

        assertThat(read(OUT, 1)).hasSize(1);
        assertThat(Duration.between(sent, Instant.now())).isLessThan(SESSION.dividedBy(2));
    }

    @Test
    void shouldPutAsideARecordThatBreaksTheCodeEveryTimeAndGoOn() throws Exception {
        Instant sent = Instant.now();

        send(BROKEN);
        send("fine");

        assertThat(read(DEAD, 1))
                .singleElement()
                .satisfies(letter -> assertThat(new String(
                                letter.headers()
                                        .lastHeader(DeadLetterHeaders.REASON)
                                        .value(),
                                StandardCharsets.UTF_8))
                        .contains("Failed 3 times", "does not work"));
        assertThat(read(OUT, 1)).hasSize(1);
        assertThat(Duration.between(sent, Instant.now())).isLessThan(SESSION.dividedBy(2));
    }

    private TaskDefinition<Handler> definition() {
        return TaskDefinition.named("things", Handler::new)
                .input(IN, StockAdjustment.class, StockAdjustment::getStockLocation, Handler::on)
                .output(OUT, StockAdjustment.class)
                .store("seen", StockAdjustment.class)
                .build();
    }

    private final class Handler implements TaskHandler {

        private final Task task;

        Handler(Task task) {
            this.task = task;
        }

        void on(Message<StockAdjustment> message) {
            if (message.key().equals(BROKEN)) {
                throw new IllegalStateException("This does not work");
            }
            if (failuresLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new RetriableException("not now");
            }
            task.store("seen", StockAdjustment.class).put(message.key(), message.value());
            task.emit(OUT, message.key(), message.value(), "1", "Thing");
        }
    }

    private void send(String location) throws Exception {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", broker.bootstrap());
        StockAdjustment value = StockAdjustment.newBuilder()
                .setAdjustmentId(location)
                .setStockLocation(location)
                .setProductId("p")
                .setDelta(1)
                .setAt(Instant.now())
                .build();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            IN, location.getBytes(StandardCharsets.UTF_8), serdes.serialize(IN, value)))
                    .get();
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", broker.bootstrap());
        properties.put("isolation.level", "read_committed");
        properties.put("auto.offset.reset", "earliest");
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1)));
            Instant deadline = Instant.now().plusSeconds(60);
            while (found.size() < count && Instant.now().isBefore(deadline)) {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
            }
        }
        return found;
    }
}
