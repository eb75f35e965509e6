package dev.orderflow.local.analytics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.analytics.AnalyticsService;
import dev.orderflow.analytics.clickhouse.ClickHouse;
import dev.orderflow.analytics.clickhouse.ClickHouseSettings;
import dev.orderflow.analytics.pipes.Pipes;
import dev.orderflow.durable.runtime.KafkaConnection;
import dev.orderflow.durable.service.ServiceContext;
import dev.orderflow.durable.settings.Settings;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import dev.orderflow.local.Await;
import dev.orderflow.local.broker.EmbeddedBroker;
import dev.orderflow.local.engine.ClickHouseUnderTest;
import dev.orderflow.local.engine.EngineLibrary;
import dev.orderflow.local.engine.EngineProcess;
import dev.orderflow.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real broker and a real engine; what the log says is compared with what the database and the pipe say. */
class RevenueExactlyOnceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Instant TIME = Instant.parse("2026-03-01T10:20:30Z");

    @TempDir
    Path directory;

    private final AvroSerdes serdes = AvroSerdes.with(new InMemoryRegistry());
    private EmbeddedBroker broker;
    private EngineProcess engine;
    private OrderLogWriter log;
    private ClickHouse database;

    @BeforeEach
    void start() throws InterruptedException {
        broker = new EmbeddedBroker(directory.resolve("broker"), 0, Map.of()).start();
        engine = ClickHouseUnderTest.embedded(directory);
        SinkTopics.create(broker.bootstrap());
        log = new OrderLogWriter(broker.bootstrap(), serdes);
        database = new ClickHouse(
                new ClickHouseSettings(engine.url().toString(), "orderflow", "default", "", Duration.ofSeconds(10)));
    }

    @AfterEach
    void stop() {
        log.close();
        database.close();
        engine.close();
        broker.close();
    }

    @Test
    void shouldShowAnOrderSoonAfterItWasCompleted() {
        try (AnalyticsService sink = sink("1")) {
            awaitReady(sink);
            log.begin();
            log.sale("o-1", 5998, Instant.now());
            log.commit();
            Instant completed = Instant.now();
            await("the order in the pipe", () -> dashboard(sink).contains("\"revenue_minor\": 5998"));
            Duration took = Duration.between(completed, Instant.now());

            assertThat(took).isLessThan(Duration.ofSeconds(5));
            await(
                    "an answer that says it is fresh",
                    () -> dashboard(sink).matches("(?s).*\"freshness_ms\":\\d{1,4},.*"));
            assertThat(dashboard(sink)).contains("\"covered\":[{\"topic\":\"order.completed\",\"partition\":");
            assertThat(sink.status()).isEqualTo("stored all but 0 records");
        }
    }

    @Test
    void shouldLeaveOutWhatWasAbortedAndGoOnBehindPoison() {
        try (AnalyticsService sink = sink("1")) {
            awaitReady(sink);
            log.begin();
            log.sale("aborted", 1, TIME);
            log.abort();
            log.begin();
            log.sale("o-1", 10, TIME);
            log.poison("o-2");
            log.sale("o-3", 100, TIME);
            log.refund("o-1", 10, TIME);
            log.commit();

            await("both orders and the refund", () -> count() == 3);
            assertThat(sum()).isEqualTo(100);
            assertThat(deadLetters()).singleElement().satisfies(letter -> {
                assertThat(new String(letter.value(), UTF_8)).isEqualTo("not Avro");
                assertThat(new String(letter.headers().lastHeader("dl_topic").value(), UTF_8))
                        .isEqualTo("order.completed");
            });
        }
    }

    @Test
    void shouldCountEveryOrderOnceOverKillsOfEverything() throws Exception {
        int orders = 20_000;
        AnalyticsService sink = sink("1");
        try {
            awaitReady(sink);
            for (int i = 0; i < orders; i++) {
                if (i % 500 == 0) {
                    log.begin();
                }
                log.sale("o-" + i, i, TIME);
                if (i % 10 == 0) {
                    log.refund("o-" + i, i, TIME);
                }
                if (i % 500 == 499) {
                    log.commit();
                }
                if (i == orders / 4) {
                    killEngine();
                }
                if (i == orders / 2) {
                    // Another one takes its place, as after a crash: nothing but the database knows where it was.
                    sink.close();
                    sink = sink("2");
                }
            }
            int expected = orders + orders / 10;
            await("every order", () -> count() >= expected);
            assertThat(count()).isEqualTo(expected);
            assertThat(sum()).isEqualTo(log(orders));
            assertThat(rows("SELECT uniqExact(order_id) AS n FROM revenue_entries WHERE kind = 'sale'"))
                    .isEqualTo(orders);
        } finally {
            sink.close();
        }
    }

    @Test
    void shouldStartWhileTheDatabaseIsAwayAndCatchUpWhenItIsBack() throws Exception {
        killEngineFor(() -> {
            AnalyticsService sink = sink("1");
            log.begin();
            log.sale("o-1", 10, TIME);
            log.commit();
            await("a status that says what is wrong", () -> sink.status().startsWith("cannot prepare the tables"));
            assertThat(sink.isReady()).isFalse();
            assertThat(sink.isAlive()).isTrue();
            return sink;
        });
    }

    private void killEngine() throws Exception {
        int port = engine.url().getPort();
        engine.kill();
        engine.onExit().get();
        engine = restarted(port);
    }

    private void killEngineFor(Supplier<AnalyticsService> meanwhile) throws Exception {
        int port = engine.url().getPort();
        engine.kill();
        engine.onExit().get();
        try (AnalyticsService sink = meanwhile.get()) {
            engine = restarted(port);
            await("the order", () -> sink.isReady() && count() == 1);
        }
    }

    private EngineProcess restarted(int port) throws InterruptedException {
        Path library = EngineLibrary.of(System.getenv()).find().orElseThrow();
        return EngineProcess.start(library, directory.resolve("data"), port, directory.resolve("engine.log"));
    }

    private AnalyticsService sink(String instance) {
        Settings settings = Settings.of(Map.of(
                "kafka.bootstrap", broker.bootstrap(),
                "kafka.instance", instance,
                "kafka.session-timeout", "6s",
                "data.dir", directory.resolve("sink").toString(),
                "clickhouse.url", engine.url().toString(),
                "clickhouse.timeout", "10s",
                "analytics.batch.max-rows", "1000",
                "analytics.batch.max-wait", "200ms",
                "pseudonym.key", "a secret for pseudonyms"));
        AnalyticsService sink = new AnalyticsService(
                new ServiceContext(settings, KafkaConnection.from(settings), serdes, new SimpleMeterRegistry()));
        sink.start();
        return sink;
    }

    private static void awaitReady(AnalyticsService sink) {
        await("a sink that is ready: " + sink.status(), sink::isReady);
    }

    private static String dashboard(AnalyticsService sink) {
        Pipes pipes = (Pipes) sink.beans().getFirst();
        return new String(pipes.answer("revenue_dashboard.json", Map.of()).body(), UTF_8);
    }

    private long count() {
        return rows("SELECT count() AS n FROM revenue_entries FINAL");
    }

    private long sum() {
        return rows("SELECT sum(total_minor) AS n FROM revenue_entries FINAL");
    }

    private long rows(String sql) {
        return database.rows(sql, Map.of()).getFirst().getLong("n");
    }

    private static long log(int orders) {
        long sum = 0;
        for (int i = 0; i < orders; i++) {
            sum += i % 10 == 0 ? 0 : i;
        }
        return sum;
    }

    private List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        TopicPartition partition = new TopicPartition(Topics.ANALYTICS_DEAD_LETTERS.name(), 0);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrap()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            return consumer.poll(Duration.ofSeconds(5)).records(partition);
        }
    }

    private static void await(String what, Callable<Boolean> condition) {
        Await.until(what, PATIENCE, condition);
    }
}
