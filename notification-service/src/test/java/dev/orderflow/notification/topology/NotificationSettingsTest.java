package dev.orderflow.notification.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.effect.RetryPolicy;
import dev.orderflow.durable.settings.Settings;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NotificationSettingsTest {

    @Test
    void shouldTryQuicklyAtFirstAndForADay() {
        NotificationSettings settings = NotificationSettings.from(Settings.of(Map.of()));

        assertThat(settings)
                .isEqualTo(new NotificationSettings(
                        new RetryPolicy(
                                Duration.ofSeconds(1),
                                4,
                                Duration.ofMinutes(15),
                                0,
                                Duration.ofSeconds(30),
                                Duration.ofDays(1)),
                        Duration.ofDays(7),
                        Locale.US,
                        16,
                        Duration.ofDays(7)));
        assertThat(settings.remembered()).isEqualTo(Duration.ofDays(8));
    }

    @Test
    void shouldReadAllOfThem() {
        Settings settings = Settings.of(Map.of(
                "mail.max-pause", "10s",
                "mail.attempt-timeout", "5s",
                "mail.give-up-after", "1h",
                "mail.max-age", "2d",
                "mail.locale", "de-CH",
                "mail.connections", "2",
                "mail.review-after", "20s"));

        assertThat(NotificationSettings.from(settings))
                .isEqualTo(new NotificationSettings(
                        new RetryPolicy(
                                Duration.ofSeconds(1),
                                4,
                                Duration.ofSeconds(10),
                                0,
                                Duration.ofSeconds(5),
                                Duration.ofHours(1)),
                        Duration.ofDays(2),
                        Locale.forLanguageTag("de-CH"),
                        8,
                        Duration.ofSeconds(20)));
        assertThat(settings.unread()).isEmpty();
    }

    @Test
    void shouldRefuseALocaleThatIsNone() {
        assertThatExceptionOfType(TerminalException.class)
                .isThrownBy(() -> NotificationSettings.from(Settings.of(Map.of("mail.locale", "german!"))))
                .withMessageContaining("mail.locale=german!");
    }
}
