package dev.orderflow.local.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import dev.orderflow.analytics.AnalyticsService;
import dev.orderflow.analytics.clickhouse.ClickHouse;
import dev.orderflow.analytics.clickhouse.ClickHouseSettings;
import dev.orderflow.durable.runtime.KafkaConnection;
import dev.orderflow.durable.service.ServiceContext;
import dev.orderflow.durable.settings.Settings;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import dev.orderflow.local.Await;
import dev.orderflow.local.broker.EmbeddedBroker;
import dev.orderflow.local.engine.ClickHouseUnderTest;
import dev.orderflow.local.engine.EngineProcess;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Loads a log that was written before, as after an outage, and says how fast that was:
 * {@code mvn test -pl local -am -Dtest=RevenueLoadTest -Drevenue.orders=1000000}.
 */
class RevenueLoadTest {

    private static final int ORDERS = Integer.getInteger("revenue.orders", 50_000);
    private static final int PER_TRANSACTION = 5_000;
    private static final Instant TIME = Instant.parse("2026-03-01T00:00:00Z");

    @TempDir
    Path directory;

    private final AvroSerdes serdes = AvroSerdes.with(new InMemoryRegistry());

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void shouldCatchUpWithEverythingThatWasWrittenMeanwhile() throws Exception {
        try (EmbeddedBroker broker = new EmbeddedBroker(directory.resolve("broker"), 0, Map.of()).start();
                EngineProcess engine = ClickHouseUnderTest.embedded(directory)) {
            write(broker);
            long cpu = cpu();
            Duration engineCpu = cpu(engine);
            Instant begin = Instant.now();
            try (AnalyticsService sink = sink(broker, engine);
                    ClickHouse database = new ClickHouse(new ClickHouseSettings(
                            engine.url().toString(), "orderflow", "default", "", Duration.ofSeconds(60)))) {
                sink.start();
                Await.until("all orders", Duration.ofMinutes(10), () -> stored() >= ORDERS);
                report(
                        Duration.between(begin, Instant.now()),
                        cpu() - cpu,
                        cpu(engine).minus(engineCpu));

                // What was written twice after a rebalance was counted twice there; the table has the last word.
                Await.until("every order", Duration.ofMinutes(10), () -> count(database) >= ORDERS);
                assertThat(count(database)).isEqualTo(ORDERS);
                assertThat(number(database, "sum(total_minor)")).isEqualTo((long) ORDERS * (ORDERS - 1) / 2);
            }
        }
    }

    private void write(EmbeddedBroker broker) {
        try (OrderLogWriter log = new OrderLogWriter(broker.bootstrap(), serdes)) {
            Await.until("topics", Duration.ofMinutes(2), () -> {
                SinkTopics.create(broker.bootstrap());
                return true;
            });
            for (int i = 0; i < ORDERS; i++) {
                if (i % PER_TRANSACTION == 0) {
                    log.begin();
                }
                log.sale("order-" + i, i, TIME.plusMillis(i * 20L));
                if (i % PER_TRANSACTION == PER_TRANSACTION - 1 || i == ORDERS - 1) {
                    log.commit();
                }
            }
        }
    }

    private AnalyticsService sink(EmbeddedBroker broker, EngineProcess engine) {
        Settings settings = Settings.of(Map.of(
                "kafka.bootstrap", broker.bootstrap(),
                "data.dir", directory.resolve("sink").toString(),
                "clickhouse.url", engine.url().toString(),
                "pseudonym.key", "a secret for pseudonyms"));
        return new AnalyticsService(new ServiceContext(settings, KafkaConnection.from(settings), serdes, meters));
    }

    private static void report(Duration took, long cpuNanos, Duration engineCpu) {
        double seconds = took.toMillis() / 1000.0;
        double own = cpuNanos / 1e9;
        double engine = engineCpu.toMillis() / 1000.0;
        System.out.printf(
                "%,d orders in %.1f s: %,.0f a second; CPU: %.1f s of sink and broker, %.1f s of ClickHouse,"
                        + " %,.0f orders for each second of two cores%n",
                ORDERS, seconds, ORDERS / seconds, own, engine, 2 * ORDERS / (own + engine));
    }

    private double stored() {
        return meters.counter("orderflow.analytics.rows").count();
    }

    private static long count(ClickHouse database) {
        return number(database, "count()");
    }

    private static long number(ClickHouse database, String what) {
        return database.rows("SELECT toInt64(" + what + ") AS n FROM revenue_entries FINAL", Map.of())
                .getFirst()
                .getLong("n");
    }

    private static long cpu() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static Duration cpu(EngineProcess engine) {
        return ProcessHandle.of(engine.pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }
}
