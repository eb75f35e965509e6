package dev.orderflow.order.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.settings.Settings;
import dev.orderflow.durable.testing.GoldenTopology;
import dev.orderflow.order.saga.SagaSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SagaDefinitionTest {

    @Test
    void shouldKeepItsNames() {
        GoldenTopology.assertKept(getClass(), SagaDefinition.of(SagaSettings.DEFAULTS, ViewAudience.NOBODY));
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
