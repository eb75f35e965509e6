package dev.orderflow.order.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.runtime.TaskTopology;
import dev.orderflow.durable.settings.Settings;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import dev.orderflow.order.saga.SagaSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SagaDefinitionTest {

    /** A new name of a part loses its state: a change here is a migration, to be reviewed as one. */
    @Test
    void shouldKeepTheNamesOfItsParts() throws IOException {
        String described = TaskTopology.of(
                        SagaDefinition.of(SagaSettings.DEFAULTS),
                        AvroSerdes.with(new InMemoryRegistry()),
                        2,
                        (attempt, timeout) -> attempt.run())
                .describe()
                .toString();

        try (InputStream golden = getClass().getResourceAsStream("/order-saga.topology.txt")) {
            assertThat(golden).as("order-saga.topology.txt").isNotNull();
            assertThat(described.strip()).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8).strip());
        }
    }

    @Test
    void shouldReadEverySetting() {
        SagaSettings settings = SagaConfiguration.from(Settings.of(Map.of(
                "reserve.deadline", "1s",
                "payment.deadline", "2s",
                "payment.pending", "3h",
                "dispatch.duration", "0s",
                "dedup.window", "8d",
                "undo.repeat", "4s",
                "order.tax-basis-points", "1900",
                "order.currency", "EUR",
                "order.location", "berlin")));

        assertThat(settings)
                .isEqualTo(new SagaSettings(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofHours(3),
                        Duration.ZERO,
                        Duration.ofDays(8),
                        Duration.ofSeconds(4),
                        1_900,
                        "EUR",
                        "berlin"));
    }

    @Test
    void shouldUseTheUsualValuesWhereNothingIsSet() {
        assertThat(SagaConfiguration.from(Settings.of(Map.of()))).isEqualTo(SagaSettings.DEFAULTS);
    }

    @Test
    void shouldRefuseToForgetOrdersBeforeTheTopicDoes() {
        assertThatThrownBy(() -> SagaConfiguration.from(Settings.of(Map.of("dedup.window", "1d"))))
                .isInstanceOf(TerminalException.class)
                .hasMessageContaining("dedup.window=1d");
        assertThatThrownBy(() -> SagaConfiguration.from(Settings.of(Map.of("order.currency", "XXX"))))
                .isInstanceOf(TerminalException.class)
                .hasMessageContaining("order.currency");
    }
}
