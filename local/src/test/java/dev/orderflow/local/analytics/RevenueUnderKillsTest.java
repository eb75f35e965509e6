package dev.orderflow.local.analytics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.orderflow.analytics.clickhouse.ClickHouse;
import dev.orderflow.analytics.clickhouse.ClickHouseSettings;
import dev.orderflow.analytics.pipes.Coverage;
import dev.orderflow.analytics.pipes.Pipes;
import dev.orderflow.local.Await;
import dev.orderflow.local.broker.BrokerServer;
import dev.orderflow.local.engine.ClickHouseUnderTest;
import dev.orderflow.local.engine.EngineLibrary;
import dev.orderflow.local.engine.EngineProcess;
import dev.orderflow.local.process.ChildProcess;
import dev.orderflow.local.process.JavaCommand;
import dev.orderflow.local.process.LoopbackPort;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A log of orders is loaded while its sinks, ClickHouse and the broker are killed and two sinks fight over a partition; then
 * count, sum and every id must be those of the log. Any size:
 * {@code mvn test -pl local -am -Dtest=RevenueUnderKillsTest -Drevenue.orders=1000000}.
 */
class RevenueUnderKillsTest {

    private static final int ORDERS = Integer.getInteger("revenue.orders", 40_000);
    private static final int REFUND_EVERY = 10;
    private static final int PER_TRANSACTION = 2_000;
    private static final int ROWS = ORDERS + ORDERS / REFUND_EVERY;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Instant TIME = Instant.parse("2026-03-01T00:00:00Z");

    @TempDir
    Path directory;

    private ChildProcess broker;
    private String bootstrap;
    private int brokerPort;
    private EngineProcess engine;
    private ClickHouse database;

    @BeforeEach
    void start() throws Exception {
        brokerPort = LoopbackPort.free();
        startBroker();
        engine = ClickHouseUnderTest.embedded(directory);
        database = new ClickHouse(
                new ClickHouseSettings(engine.url().toString(), "orderflow", "default", "", Duration.ofSeconds(60)));
    }

    @AfterEach
    void stop() {
        database.close();
        engine.close();
        broker.close();
    }

    @Test
    void shouldHaveEveryOrderOnceWhateverIsKilled() throws Exception {
        write();
        try (SinkProcess slow = sink("1");
                SinkProcess _ = sink("2")) {
            awaitRows(ROWS / 10);
            slow.kill();
            try (SinkProcess again = sink("1")) {
                awaitRows(ROWS / 4);
                killEngine();
                awaitRows(ROWS / 2);
                killBroker();
                awaitRows(ROWS * 3L / 5);
                // Taken for dead in the middle of its work, it goes on where it was when the other one has its
                // partitions.
                again.pause();
                awaitRows(ROWS * 4L / 5);
                again.resume();
                Await.until("every entry", PATIENCE, () -> number("count()", "FINAL") >= ROWS);
            }
        }

        assertThat(number("count()", "FINAL")).isEqualTo(ROWS);
        assertThat(number("sum(total_minor)", "FINAL")).isEqualTo(sumOfLog());
        assertThat(number("uniqExactIf(order_id, kind = 'sale')", "")).isEqualTo(ORDERS);
        // Ids are numbered, so that as many different ones with this sum are all of them.
        assertThat(number("sumIf(toInt64(substring(order_id, 7)), kind = 'sale')", "FINAL"))
                .isEqualTo((long) ORDERS * (ORDERS - 1) / 2);
        assertPipeAgrees();
    }

    private void write() {
        try (OrderLogWriter log = new OrderLogWriter(bootstrap, SinkProcess.serdes())) {
            Await.until("topics", PATIENCE, () -> {
                SinkTopics.create(bootstrap);
                return true;
            });
            for (int i = 0; i < ORDERS; i++) {
                if (i % PER_TRANSACTION == 0) {
                    log.begin();
                }
                log.sale("order-" + i, i, TIME.plusMillis(i * 50L));
                if (i % REFUND_EVERY == 0) {
                    log.refund("order-" + i, i, TIME.plusMillis(i * 50L).plusSeconds(3_600));
                }
                if (i % PER_TRANSACTION == PER_TRANSACTION - 1 || i == ORDERS - 1) {
                    log.commit();
                }
            }
        }
    }

    private static long sumOfLog() {
        long sum = 0;
        for (int i = 0; i < ORDERS; i++) {
            sum += i % REFUND_EVERY == 0 ? 0 : i;
        }
        return sum;
    }

    private void assertPipeAgrees() throws Exception {
        Pipes pipes = new Pipes(database, topics -> new Coverage(Map.of(), OptionalLong.empty()));
        JsonNode rows = new ObjectMapper()
                .readTree(new String(
                        pipes.answer("revenue_dashboard.json", Map.of("from", "2026-02-28", "to", "2026-04-01"))
                                .body(),
                        UTF_8))
                .path("data");
        long orders = 0;
        long revenue = 0;
        for (JsonNode row : rows) {
            orders += row.path("order_count").asLong();
            revenue += row.path("revenue_minor").asLong();
        }
        assertThat(orders).isEqualTo(ORDERS);
        assertThat(revenue).isEqualTo(sumOfLog());
    }

    private SinkProcess sink(String instance) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "kafka.bootstrap",
                bootstrap,
                "kafka.instance",
                instance,
                "kafka.session-timeout",
                "6s",
                "data.dir",
                directory.resolve("sink-" + instance).toString(),
                "clickhouse.url",
                engine.url().toString(),
                "pseudonym.key",
                "a secret for pseudonyms"));
        // Small batches, so that each kill finds work under way.
        settings.put("analytics.batch.max-rows", Integer.toString(Math.max(500, ORDERS / 100)));
        settings.put("analytics.batch.max-wait", "200ms");
        return SinkProcess.start(directory, instance, settings);
    }

    private void killEngine() throws Exception {
        int port = engine.url().getPort();
        engine.kill();
        engine.onExit().get();
        Path library = EngineLibrary.of(System.getenv()).find().orElseThrow();
        engine = EngineProcess.start(library, directory.resolve("data"), port, directory.resolve("engine.log"));
    }

    private void killBroker() throws Exception {
        broker.kill();
        broker.onExit().get();
        startBroker();
    }

    private void startBroker() throws InterruptedException {
        broker = ChildProcess.start(
                "broker",
                JavaCommand.ofThisProgram(
                        BrokerServer.class,
                        List.of("-Xmx384m", "-XX:+UseSerialGC"),
                        List.of(directory.resolve("broker").toString(), Integer.toString(brokerPort))),
                directory,
                Map.of(),
                directory.resolve("broker.log"));
        bootstrap = broker.awaitReadyLine(PATIENCE);
    }

    private void awaitRows(long rows) {
        Await.until(rows + " rows", PATIENCE, () -> number("count()", "FINAL") >= rows);
    }

    private long number(String what, String how) {
        return database.rows("SELECT toInt64(" + what + ") AS n FROM revenue_entries " + how, Map.of())
                .getFirst()
                .getLong("n");
    }
}
