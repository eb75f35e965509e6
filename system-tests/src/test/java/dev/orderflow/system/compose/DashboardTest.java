package dev.orderflow.system.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.orderflow.analytics.clickhouse.ClickHouse;
import dev.orderflow.analytics.clickhouse.ClickHouseRevenueStore;
import dev.orderflow.analytics.clickhouse.ClickHouseSettings;
import dev.orderflow.analytics.sink.SinkStatus;
import dev.orderflow.durable.runtime.KafkaConnection;
import dev.orderflow.durable.runtime.TopicCheck;
import dev.orderflow.durable.service.ServiceContext;
import dev.orderflow.durable.service.ServiceMain;
import dev.orderflow.durable.settings.Settings;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import dev.orderflow.events.StockAdjustment;
import dev.orderflow.inventory.InventoryService;
import dev.orderflow.local.broker.EmbeddedBroker;
import dev.orderflow.local.engine.EngineLibrary;
import dev.orderflow.local.engine.EngineProcess;
import dev.orderflow.schemas.Topics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Grafana's dashboards: files that it can load, with metrics that a running service really has. */
class DashboardTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern NAME = Pattern.compile("\\b[a-z]\\w*_\\w+\\b");

    @Test
    void shouldBeLoadable() throws IOException {
        List<Path> dashboards = dashboards();
        assertThat(dashboards).isNotEmpty();
        Set<Map<String, Object>> sources = sources();
        for (Path file : dashboards) {
            Map<String, Object> dashboard = ComposeFile.yaml(file);

            assertThat(dashboard).as(file.toString()).containsKeys("uid", "title", "schemaVersion");
            assertThat(panels(dashboard)).isNotEmpty().allSatisfy(panel -> {
                assertThat(panel).containsKeys("id", "title", "type", "gridPos");
                assertThat(sources).contains(ComposeFile.map(panel.get("datasource")));
            });
        }
    }

    /** Each statement runs on the tables that the sink makes, with the time that Grafana would put in. */
    @Test
    void shouldAskClickHouseWhatItCanAnswer(@TempDir Path directory) throws Exception {
        Path library = EngineLibrary.of(System.getenv()).obtain((bytes, total) -> {});
        List<String> statements = new ArrayList<>();
        for (Path file : dashboards()) {
            panels(ComposeFile.yaml(file)).forEach(panel -> statements.addAll(statements(panel)));
        }
        assertThat(statements).isNotEmpty();
        try (EngineProcess engine =
                        EngineProcess.start(library, directory.resolve("data"), 0, directory.resolve("engine.log"));
                ClickHouse database = new ClickHouse(new ClickHouseSettings(
                        engine.url().toString(), "orderflow", "default", "", Duration.ofSeconds(60)))) {
            new ClickHouseRevenueStore(database).prepare();
            for (String statement : statements) {
                String sql = statement
                        .replace("$__fromTime", "toDateTime(now() - INTERVAL 1 DAY)")
                        .replace("$__toTime", "now()");
                assertThat(sql).doesNotContain("$__");
                assertThatCode(() -> database.rows(sql, Map.of())).as(sql).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void shouldShowMetricsThatAServiceHas(@TempDir Path directory) throws Exception {
        Set<String> shown = new TreeSet<>();
        for (Path file : dashboards()) {
            panels(ComposeFile.yaml(file)).forEach(panel -> shown.addAll(metrics(panel)));
        }
        assertThat(shown).isNotEmpty();

        PrometheusMeterRegistry meters = ServiceMain.meters();
        // What the sink measures is there as soon as the sink is.
        assertThat(new SinkStatus(meters).isReady()).isFalse();
        try (EmbeddedBroker broker = new EmbeddedBroker(directory.resolve("broker"), 0, Map.of()).start()) {
            Settings settings = Settings.of(Map.of(
                    "kafka.bootstrap", broker.bootstrap(),
                    "data.dir", directory.toString()));
            AvroSerdes serdes = AvroSerdes.with(new InMemoryRegistry());
            ServiceContext context = new ServiceContext(settings, KafkaConnection.from(settings), serdes, meters);
            try (Admin admin = Admin.create(context.kafka().clientProperties());
                    InventoryService service = new InventoryService(context)) {
                TopicCheck.ensure(
                        admin,
                        Topics.all().stream()
                                .map(topic -> topic.toNewTopic(1, (short) 1))
                                .toList());
                service.start();
                adjust(broker.bootstrap(), serdes);

                assertThat(missingAtLast(shown, meters))
                        .as("shown, but not measured")
                        .isEmpty();
            }
        }
    }

    private static Set<Map<String, Object>> sources() throws IOException {
        try (Stream<Path> files = Files.list(ComposeFile.DIRECTORY.resolve("grafana/provisioning/datasources"))) {
            return files.map(ComposeFile::yaml)
                    .flatMap(file -> ((List<?>) file.get("datasources")).stream())
                    .map(ComposeFile::map)
                    .map(source -> Map.of("type", source.get("type"), "uid", source.get("uid")))
                    .collect(Collectors.toSet());
        }
    }

    private static List<String> statements(Map<String, Object> panel) {
        return ((List<?>) panel.get("targets"))
                .stream()
                        .map(ComposeFile::map)
                        .filter(target -> target.containsKey("rawSql"))
                        .map(target -> String.valueOf(target.get("rawSql")))
                        .toList();
    }

    private static void adjust(String bootstrap, AvroSerdes serdes) throws Exception {
        String topic = Topics.STOCK_ADJUSTMENTS.name();
        byte[] restock = serdes.serialize(
                topic, new StockAdjustment("main", "lamp", 5L, "first", Instant.ofEpochMilli(1_800_000_000_000L)));
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, "main", restock)).get();
        }
    }

    /** The metrics that were not there even when patience had ended. */
    private static Set<String> missingAtLast(Set<String> expected, PrometheusMeterRegistry meters) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        Set<String> missing = new TreeSet<>(expected);
        while (!missing.isEmpty() && Instant.now().isBefore(end)) {
            meters.scrape()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .filter(line -> !isNeverCounted(
                            line.split("[{ ]", 2)[0], Double.parseDouble(line.substring(line.lastIndexOf(' ')))))
                    .forEach(line -> missing.remove(line.split("[{ ]", 2)[0]));
            missing.removeAll(kafkaMetrics());
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        return missing;
    }

    /** What Kafka measures, as it will be called: Micrometer looks for what is new once a minute, JMX has it at once. */
    private static Set<String> kafkaMetrics() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        Set<String> names = new TreeSet<>();
        for (ObjectName bean : server.queryNames(new ObjectName("kafka.*:*"), null)) {
            String group = String.valueOf(bean.getKeyProperty("type")).replace("-metrics", "");
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(bean).getAttributes()) {
                String name = ("kafka_" + group + "_" + attribute.getName()).replace('-', '_');
                if (!(server.getAttribute(bean, attribute.getName()) instanceof Number value)
                        || !isNeverCounted(name, value.doubleValue())) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /** Kafka registers its counters at every level of recording, and counts only those of the level that is set. */
    private static boolean isNeverCounted(String name, double value) {
        return name.startsWith("kafka_stream") && name.endsWith("_total") && value == 0;
    }

    /** The names in a panel's expressions, without labels and what they are grouped by. */
    private static Set<String> metrics(Map<String, Object> panel) {
        return ((List<?>) panel.get("targets"))
                .stream()
                        .map(ComposeFile::map)
                        .filter(target -> target.containsKey("expr"))
                        .map(target -> String.valueOf(target.get("expr")))
                        .map(expression -> expression.replaceAll("\\{[^}]*}|by \\([^)]*\\)|\\[[^]]*]", " "))
                        .flatMap(expression -> NAME.matcher(expression).results())
                        .map(found -> found.group())
                        .collect(Collectors.toSet());
    }

    private static List<Map<String, Object>> panels(Map<String, Object> dashboard) {
        return ((List<?>) dashboard.get("panels"))
                .stream().map(ComposeFile::map).toList();
    }

    private static List<Path> dashboards() throws IOException {
        try (Stream<Path> files = Files.list(ComposeFile.DIRECTORY.resolve("grafana/dashboards"))) {
            return files.filter(file -> file.toString().endsWith(".json")).toList();
        }
    }
}
