package dev.orderflow.local.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import kafka.server.KafkaConfig;
import org.junit.jupiter.api.Test;

class BrokerSettingsTest {

    @Test
    void shouldLetOverridesWin() {
        Map<String, String> properties = BrokerSettings.of(
                Path.of("kafka"), 9092, 9093, Map.of("log.flush.interval.messages", "1", "num.io.threads", "9"));

        assertThat(properties).containsEntry("log.flush.interval.messages", "1").containsEntry("num.io.threads", "9");
    }

    @Test
    void shouldNameOnlyPropertiesThatKafkaKnows() {
        assertThat(KafkaConfig.configDef().names())
                .containsAll(BrokerSettings.of(Path.of("kafka"), 9092, 9093, Map.of())
                        .keySet());
    }

    @Test
    void shouldListenOnLoopbackOnly() {
        Map<String, String> properties = BrokerSettings.of(Path.of("kafka"), 9092, 9093, Map.of());

        assertThat(properties.get("listeners").split(",")).allMatch(listener -> listener.contains("://127.0.0.1:"));
    }
}
