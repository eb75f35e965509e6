package dev.orderflow.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.settings.Settings;
import dev.orderflow.notification.delivery.SmtpSettings.Login;
import dev.orderflow.notification.delivery.SmtpSettings.Security;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class SmtpSettingsTest {

    @Test
    void shouldHaveDefaultsForAServerOnThisMachine() {
        assertThat(SmtpSettings.from(Settings.of(Map.of())))
                .isEqualTo(new SmtpSettings(
                        "127.0.0.1",
                        25,
                        "orders@orderflow.example",
                        Security.NONE,
                        Optional.empty(),
                        4,
                        Duration.ofSeconds(10)));
    }

    @Test
    void shouldReadAllOfThem() {
        Settings settings = Settings.of(Map.of(
                "mail.host", "smtp.shop.example",
                "mail.port", "587",
                "mail.from", "shop@shop.example",
                "mail.security", "starttls",
                "mail.user", "shop",
                "mail.password", "secret",
                "mail.connections", "2",
                "mail.timeout", "5s"));

        SmtpSettings read = SmtpSettings.from(settings);

        assertThat(read)
                .isEqualTo(new SmtpSettings(
                        "smtp.shop.example",
                        587,
                        "shop@shop.example",
                        Security.STARTTLS,
                        Optional.of(new Login("shop", "secret")),
                        2,
                        Duration.ofSeconds(5)));
        assertThat(settings.unread()).isEmpty();
        assertThat(read.toString()).doesNotContain("secret").contains("***");
    }

    @Test
    void shouldNeverSendInTheClearWhenToldOtherwise() {
        Properties starttls = SmtpSettings.from(Settings.of(Map.of("mail.security", "starttls")))
                .sessionProperties();
        Properties tls =
                SmtpSettings.from(Settings.of(Map.of("mail.security", "tls"))).sessionProperties();

        assertThat(starttls)
                .containsEntry("mail.smtp.starttls.required", "true")
                .containsEntry("mail.smtp.ssl.enable", "false")
                .containsEntry("mail.smtp.ssl.checkserveridentity", "true");
        assertThat(tls)
                .containsEntry("mail.smtp.ssl.enable", "true")
                .containsEntry("mail.smtp.ssl.checkserveridentity", "true");
    }

    @Test
    void shouldRefuseHalfALogIn() {
        assertThatExceptionOfType(TerminalException.class)
                .isThrownBy(() -> SmtpSettings.from(Settings.of(Map.of("mail.user", "shop"))))
                .withMessageContaining("mail.password");
        assertThatExceptionOfType(TerminalException.class)
                .isThrownBy(() -> SmtpSettings.from(Settings.of(Map.of("mail.security", "ssl"))))
                .withMessageContaining("mail.security=ssl")
                .withMessageContaining("[none, starttls, tls]");
    }
}
