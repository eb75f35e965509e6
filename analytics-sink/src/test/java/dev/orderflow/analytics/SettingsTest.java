package dev.orderflow.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.analytics.batch.Backoff;
import dev.orderflow.analytics.batch.BatchLimits;
import dev.orderflow.analytics.clickhouse.ClickHouseSettings;
import dev.orderflow.analytics.sink.SinkSettings;
import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.settings.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    private static final String URL = "http://127.0.0.1:8123";

    @Test
    void shouldHaveDefaultsForTheSink() {
        assertThat(SinkSettings.from(Settings.of(Map.of())))
                .isEqualTo(new SinkSettings(
                        new BatchLimits(100_000, 32 << 20, Duration.ofMillis(700)),
                        32 << 20,
                        new Backoff(Duration.ofMillis(250), Duration.ofSeconds(10))));
    }

    @Test
    void shouldReadEverySettingOfTheSink() {
        assertThat(SinkSettings.from(Settings.of(Map.of(
                        "analytics.batch.max-rows", "10",
                        "analytics.batch.max-wait", "2s",
                        "analytics.buffer.max-bytes", "2097152",
                        "analytics.retry.first", "1s",
                        "analytics.retry.ceiling", "1m"))))
                .isEqualTo(new SinkSettings(
                        new BatchLimits(10, 2 << 20, Duration.ofSeconds(2)),
                        2 << 20,
                        new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1))));
    }

    @Test
    void shouldHaveDefaultsForTheDatabase() {
        assertThat(ClickHouseSettings.from(Settings.of(Map.of("clickhouse.url", URL))))
                .isEqualTo(new ClickHouseSettings(URL, "orderflow", "default", "", Duration.ofSeconds(30)));
    }

    @Test
    void shouldReadEverySettingOfTheDatabase() {
        ClickHouseSettings settings = ClickHouseSettings.from(Settings.of(Map.of(
                "clickhouse.url", URL,
                "clickhouse.database", "shop",
                "clickhouse.user", "ops",
                "clickhouse.password", "hidden",
                "clickhouse.timeout", "5s")));

        assertThat(settings).isEqualTo(new ClickHouseSettings(URL, "shop", "ops", "hidden", Duration.ofSeconds(5)));
        assertThat(settings.toString()).doesNotContain("hidden");
    }

    @Test
    void shouldNameTheSettingThatCannotBeUsed() {
        assertThatThrownBy(() -> ClickHouseSettings.from(Settings.of(Map.of())))
                .isInstanceOf(TerminalException.class)
                .hasMessageContaining("clickhouse.url");
        assertThatThrownBy(() -> new ClickHouseSettings("127.0.0.1:8123", "d", "u", "", Duration.ofSeconds(1)))
                .hasMessageContaining("clickhouse.url=127.0.0.1:8123");
        assertThatThrownBy(() -> new ClickHouseSettings(URL, "x; DROP", "u", "", Duration.ofSeconds(1)))
                .hasMessageContaining("clickhouse.database=x; DROP");
        assertThatThrownBy(() -> new ClickHouseSettings(URL, "d", "u", "", Duration.ZERO))
                .hasMessageContaining("clickhouse.timeout");
    }
}
