package dev.orderflow.inventory.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.durable.settings.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InventorySettingsTest {

    @Test
    void shouldOutliveTheTopicsByDefault() {
        assertThat(InventorySettings.from(Settings.of(Map.of())))
                .isEqualTo(new InventorySettings(
                        Duration.ofDays(8), Duration.ofDays(8).plusSeconds(10), Duration.ofDays(31)));
    }

    @Test
    void shouldFollowTheSettings() {
        assertThat(InventorySettings.from(Settings.of(Map.of("dedup.window", "60d", "dispatch.duration", "5d"))))
                .isEqualTo(new InventorySettings(Duration.ofDays(61), Duration.ofDays(66), Duration.ofDays(61)));
    }

    @Test
    void shouldStretchAWindowThatWouldLetOldMessagesThrough() {
        assertThat(InventorySettings.from(Settings.of(Map.of("dedup.window", "1h", "dispatch.duration", "0s"))))
                .isEqualTo(new InventorySettings(Duration.ofDays(8), Duration.ofDays(8), Duration.ofDays(31)));
        assertThatThrownBy(() -> new InventorySettings(Duration.ofDays(7), Duration.ofDays(8), Duration.ofDays(31)))
                .hasMessageContaining("closedWindow");
    }
}
