package dev.orderflow.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.orderflow.durable.RetriableException;
import dev.orderflow.notification.delivery.SmtpSettings.Login;
import dev.orderflow.notification.delivery.SmtpSettings.Security;
import dev.orderflow.notification.message.Mail;
import dev.orderflow.notification.message.Notice;
import dev.orderflow.notification.template.MailTemplates;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mails as a real server gets them. */
class MailOnTheWireTest {

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void shouldBeReadAsItWasWritten() throws Exception {
        Mail mail = new MailTemplates()
                .mail(
                        new Notice.Confirmed(
                                "order-7",
                                List.of(new Notice.Line("Käse <&>", 1, 123_456)),
                                new Notice.Price("EUR", 2, 123_456, 0, 123_456)),
                        "ann@example.test",
                        Locale.GERMANY);

        try (SmtpMailer mailer = new SmtpMailer(settings(Optional.empty()))) {
            mailer.send(mail);
        }

        MimeMessage received = server.getReceivedMessages()[0];
        assertThat(received.getMessageID()).isEqualTo("<order-7.confirmed@orderflow>");
        assertThat(received.getSubject()).isEqualTo("Order order-7 is confirmed");
        assertThat(received.getFrom()[0]).hasToString("shop@shop.example");
        assertThat(received.getAllRecipients()[0]).hasToString("ann@example.test");
        assertThat(received.getSentDate()).isNotNull();
        assertThat(received.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(received.getContentType()).startsWith("multipart/alternative");
        MimeMultipart parts = (MimeMultipart) received.getContent();
        assertThat(parts.getBodyPart(0).getContentType()).isEqualTo("text/plain; charset=UTF-8");
        assertThat(parts.getBodyPart(0).getContent().toString().replace("\r\n", "\n"))
                .isEqualTo(mail.text());
        assertThat(mail.text()).contains("Käse").contains("1.234,56");
        assertThat(parts.getBodyPart(1).getContentType()).isEqualTo("text/html; charset=UTF-8");
        assertThat(parts.getBodyPart(1).getContent().toString().replace("\r\n", "\n"))
                .isEqualTo(mail.html());
    }

    @Test
    void shouldLogInWhenToldTo() throws Exception {
        server.setUser("shop@shop.example", "shop", "secret");
        server.getUserManager().setAuthRequired(true);

        try (SmtpMailer mailer = new SmtpMailer(settings(Optional.of(new Login("shop", "secret"))))) {
            mailer.send(new Mail("<a.b@orderflow>", "ann@example.test", "s", "t", "h"));
        }

        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void shouldTakeAWrongPasswordForAFaultThatIsPutRightLater() {
        server.setUser("shop@shop.example", "shop", "secret");
        server.getUserManager().setAuthRequired(true);

        try (SmtpMailer mailer = new SmtpMailer(settings(Optional.of(new Login("shop", "wrong"))))) {
            assertThatExceptionOfType(RetriableException.class)
                    .isThrownBy(() -> mailer.send(new Mail("<a.b@orderflow>", "ann@example.test", "s", "t", "h")))
                    .withMessageContaining("mail.password");
        }
    }

    private SmtpSettings settings(Optional<Login> login) {
        return new SmtpSettings(
                "127.0.0.1",
                server.getSmtp().getPort(),
                "shop@shop.example",
                Security.NONE,
                login,
                4,
                Duration.ofSeconds(10));
    }
}
