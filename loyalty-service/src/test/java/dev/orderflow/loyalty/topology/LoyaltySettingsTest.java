package dev.orderflow.loyalty.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.settings.Settings;
import dev.orderflow.schemas.Pseudonym;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoyaltySettingsTest {

    private static final String KEY = "a-secret-of-some-length";

    @Test
    void shouldOutliveTheTopicsByDefault() {
        var settings = LoyaltySettings.from(Settings.of(Map.of("pseudonym.key", KEY)));
        assertThat(settings.orderWindow()).isEqualTo(Duration.ofDays(31));
        assertThat(settings.pseudonym().of("u-1"))
                .isEqualTo(Pseudonym.keyedWith(KEY).of("u-1"));
    }

    @Test
    void shouldFollowALongerWindowOnly() {
        assertThat(LoyaltySettings.from(Settings.of(Map.of("pseudonym.key", KEY, "dedup.window", "60d")))
                        .orderWindow())
                .isEqualTo(Duration.ofDays(61));
        assertThat(LoyaltySettings.from(Settings.of(Map.of("pseudonym.key", KEY, "dedup.window", "1d")))
                        .orderWindow())
                .isEqualTo(Duration.ofDays(31));
    }

    @Test
    void shouldNotRunWithoutItsKey() {
        assertThatThrownBy(() -> LoyaltySettings.from(Settings.of(Map.of())))
                .isInstanceOf(TerminalException.class)
                .hasMessageContaining("pseudonym.key");
    }
}
