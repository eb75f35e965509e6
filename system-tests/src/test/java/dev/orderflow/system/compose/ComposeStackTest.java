package dev.orderflow.system.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/** What holds for the whole stack of compose.yaml: everything pinned, checked, waited for, and closed to the outside. */
class ComposeStackTest {

    /** Variables of the apache/kafka image that are for its scripts and not for the broker. */
    private static final Set<String> FOR_SCRIPTS = Set.of("KAFKA_HEAP_OPTS");

    private final ComposeFile compose = ComposeFile.read();

    @Test
    void shouldPinEveryImage() {
        compose.services()
                .forEach((name, service) ->
                        assertThat(ComposeFile.image(service)).as(name).matches("[a-z0-9/-]+:v?\\d+(\\.\\d+)+"));
    }

    @Test
    void shouldCheckTheHealthOfEveryService() throws IOException {
        String dockerfile = Files.readString(ComposeFile.DIRECTORY.resolve("Dockerfile"));
        assertThat(dockerfile).contains("HEALTHCHECK");

        compose.services()
                .forEach((name, service) -> assertThat(service.containsKey("healthcheck")
                                || compose.ours().containsKey(name))
                        .as("%s has a health check of its own or of our image", name)
                        .isTrue());
    }

    @Test
    void shouldWaitOnlyForServicesThatCanBeHealthy() {
        Map<String, Map<String, Object>> services = compose.services();

        services.forEach((name, service) -> ComposeFile.map(service.get("depends_on"))
                .forEach((needed, condition) -> {
                    assertThat(services).as("%s depends on it", name).containsKey(needed);
                    assertThat(ComposeFile.map(condition))
                            .as("%s depends on %s", name, needed)
                            .isEqualTo(Map.of("condition", "service_healthy"));
                }));
    }

    @Test
    void shouldWaitForWhatEachServiceNeeds() {
        compose.product()
                .forEach((name, service) -> assertThat(ComposeFile.map(service.get("depends_on")))
                        .as(name)
                        .containsKeys("kafka-1", "kafka-2", "kafka-3", "registry"));
        assertThat(ComposeFile.map(compose.services().get("analytics").get("depends_on")))
                .containsKey("clickhouse");
        assertThat(ComposeFile.map(compose.services().get("payment").get("depends_on")))
                .containsKey("provider");
    }

    @Test
    void shouldOpenPortsOnTheLoopbackOnlyAndEachOnce() {
        List<String> ports = compose.services().values().stream()
                .flatMap(service -> ComposeFile.list(service, "ports").stream())
                .toList();

        assertThat(ports).isNotEmpty().doesNotHaveDuplicates().allMatch(port -> port.startsWith("127.0.0.1:"));
    }

    @Test
    void shouldRunOurServicesWithoutRootAndKeepTheirState() throws IOException {
        assertThat(Files.readAllLines(ComposeFile.DIRECTORY.resolve("Dockerfile")))
                .contains("USER 10001");
        compose.ours().forEach((name, service) -> {
            assertThat(String.valueOf(service.get("user"))).as(name).isEqualTo("10001");
            assertThat(ComposeFile.list(service, "volumes")).as(name).containsExactly(name + ":/var/lib/orderflow");
        });
    }

    @Test
    void shouldBuildTheImageOnce() {
        assertThat(compose.ours().values())
                .filteredOn(service -> service.containsKey("build"))
                .hasSize(1);
    }

    @Test
    void shouldDeclareEveryVolumeAndShipEveryMountedFile() {
        compose.services()
                .forEach((name, service) -> ComposeFile.list(service, "volumes").forEach(volume -> {
                    String source = volume.split(":", -1)[0];
                    if (source.startsWith(".")) {
                        assertThat(ComposeFile.DIRECTORY.resolve(source))
                                .as(name)
                                .exists();
                    } else {
                        assertThat(compose.volumes()).as(name).containsKey(source);
                    }
                }));
    }

    @Test
    void shouldNeverSleep() throws IOException {
        try (Stream<Path> files = Files.walk(ComposeFile.DIRECTORY)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContain("sleep");
            }
        }
    }

    @Test
    void shouldGiveBrokersSettingsThatKafkaKnowsAndAccepts() {
        for (int id = 1; id <= 3; id++) {
            Map<String, String> environment =
                    ComposeFile.environment(compose.services().get("kafka-" + id));

            Map<String, String> properties = brokerProperties(environment);

            assertThat(KafkaConfig.configDef().names()).as("kafka-" + id).containsAll(properties.keySet());
            KafkaConfig broker = new KafkaConfig(properties, false);
            assertThat(broker.nodeId()).isEqualTo(id);
            assertThat(broker.effectiveAdvertisedBrokerListeners().toString()).contains("kafka-" + id);
            assertThat(properties)
                    .containsEntry("default.replication.factor", "3")
                    .containsEntry("min.insync.replicas", "2")
                    .containsEntry("transaction.state.log.replication.factor", "3")
                    .containsEntry("transaction.state.log.min.isr", "2")
                    .containsEntry("offsets.topic.replication.factor", "3");
        }
    }

    @Test
    void shouldGiveAllBrokersOneClusterId() {
        List<String> ids = Stream.of("kafka-1", "kafka-2", "kafka-3")
                .map(name ->
                        ComposeFile.environment(compose.services().get(name)).get("CLUSTER_ID"))
                .distinct()
                .toList();

        assertThat(ids).hasSize(1);
        assertThat(Uuid.fromString(ids.getFirst())).hasToString(ids.getFirst());
    }

    @Test
    void shouldTellProducersOutsideThePortThatIsOpen() {
        for (int id = 1; id <= 3; id++) {
            Map<String, Object> broker = compose.services().get("kafka-" + id);
            String outside = ComposeFile.environment(broker)
                    .get("KAFKA_ADVERTISED_LISTENERS")
                    .replaceFirst(".*OUTSIDE://", "");

            assertThat(ComposeFile.list(broker, "ports")).containsExactly(outside + ":19092");
        }
    }

    /** As the image does it: without the prefix, in lower case, underscores as dots. */
    private static Map<String, String> brokerProperties(Map<String, String> environment) {
        Map<String, String> properties = new LinkedHashMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith("KAFKA_") && !FOR_SCRIPTS.contains(name)) {
                properties.put(
                        name.substring("KAFKA_".length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '.'),
                        value);
            }
        });
        return properties;
    }
}
