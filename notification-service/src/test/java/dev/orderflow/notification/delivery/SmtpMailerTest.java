package dev.orderflow.notification.delivery;

import static dev.orderflow.notification.delivery.ScriptedSmtpServer.DROP;
import static dev.orderflow.notification.delivery.ScriptedSmtpServer.HANG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.TerminalException;
import dev.orderflow.notification.delivery.SmtpSettings.Security;
import dev.orderflow.notification.message.Mail;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmtpMailerTest {

    private static final Mail MAIL =
            new Mail("<order-7.confirmed@orderflow>", "ann@example.test", "Order", "text", "<p>text</p>");

    private ScriptedSmtpServer server;
    private SmtpMailer mailer;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedSmtpServer();
        mailer = new SmtpMailer(settings(Duration.ofSeconds(10)));
    }

    @AfterEach
    void stop() throws IOException {
        mailer.close();
        server.close();
    }

    @Test
    void shouldSendOneMailAfterTheOtherOverOneConnection() throws Exception {
        for (int i = 0; i < 20; i++) {
            mailer.send(MAIL);
        }

        assertThat(server.mails).hasValue(20);
        assertThat(server.connections).hasValue(1);
    }

    @Test
    void shouldSendManyMailsOverAFewConnections() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> sent = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                sent.add(threads.submit(() -> {
                    mailer.send(MAIL);
                    return null;
                }));
            }
            for (Future<?> one : sent) {
                one.get();
            }
        }

        assertThat(server.mails).hasValue(2_000);
        assertThat(server.connections).hasValueBetween(20, 24);
        assertThat(server.mostAtOnce).hasValueLessThanOrEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "RCPT, 550 no such user, no such user",
        "RCPT, 553 bad mailbox, bad mailbox",
        "., 554 looks like spam, looks like spam",
        "DATA, 554 no thanks, no thanks",
    })
    void shouldTellWhatIsRefusedForGood(String command, String answer, String reason) {
        server.answer(command, answer);

        assertThatExceptionOfType(TerminalException.class)
                .isThrownBy(() -> mailer.send(MAIL))
                .withMessageContaining("order-7.confirmed")
                .withMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "GREETING, 421 too busy",
        "GREETING, 554 go away",
        "MAIL, 451 later",
        "MAIL, 550 sender unknown",
        "RCPT, 450 mailbox busy",
        "RCPT, 452 full",
        "DATA, 451 later",
        "., 451 later",
        "., " + DROP,
        "MAIL, " + DROP,
        "GREETING, " + DROP,
    })
    void shouldTellWhatMayBeTakenLater(String command, String answer) {
        server.answer(command, answer);

        assertThatExceptionOfType(RetriableException.class).isThrownBy(() -> mailer.send(MAIL));
    }

    @Test
    void shouldSayThatTheSenderIsRefusedBecauseOfASetting() {
        server.answer("MAIL", "550 sender unknown");

        assertThatExceptionOfType(RetriableException.class)
                .isThrownBy(() -> mailer.send(MAIL))
                .withMessageContaining("mail.from");
    }

    @Test
    void shouldGoOnWithANewConnectionAfterAFailure() throws Exception {
        server.answer("RCPT", "450 mailbox busy");
        assertThatThrownBy(() -> mailer.send(MAIL)).isInstanceOf(RetriableException.class);

        server.answer("RCPT", "250 ok");
        mailer.send(MAIL);

        assertThat(server.mails).hasValue(1);
    }

    @Test
    void shouldComeBackWhenTheServerHasHungUpMeanwhile() throws Exception {
        mailer.send(MAIL);
        server.dropAll();

        assertThatThrownBy(() -> mailer.send(MAIL)).isInstanceOf(RetriableException.class);
        mailer.send(MAIL);

        assertThat(server.mails).hasValue(2);
    }

    @Test
    void shouldNotWaitForEver() {
        try (SmtpMailer hasty = new SmtpMailer(settings(Duration.ofMillis(200)))) {
            server.answer("RCPT", HANG);

            assertThatExceptionOfType(RetriableException.class).isThrownBy(() -> hasty.send(MAIL));
        }
    }

    @Test
    void shouldSayThatNoServerIsThere() {
        // A free port may be somebody else's a moment later; port 1 is nobody's.
        try (SmtpMailer lost = new SmtpMailer(new SmtpSettings(
                "127.0.0.1", 1, "shop@shop.example", Security.NONE, Optional.empty(), 1, Duration.ofSeconds(5)))) {
            assertThatExceptionOfType(RetriableException.class)
                    .isThrownBy(() -> lost.send(MAIL))
                    .withMessageContaining("127.0.0.1");
        }
    }

    @Test
    void shouldNotSendInTheClearWhenTheServerCannotDoOtherwise() {
        SmtpSettings plain = settings(Duration.ofSeconds(5));
        SmtpSettings secure = new SmtpSettings(
                plain.host(), plain.port(), plain.from(), Security.STARTTLS, plain.login(), 1, plain.timeout());
        try (SmtpMailer careful = new SmtpMailer(secure)) {
            assertThatExceptionOfType(RetriableException.class)
                    .isThrownBy(() -> careful.send(MAIL))
                    .withMessageContaining("STARTTLS");
        }
        assertThat(server.mails).hasValue(0);
    }

    @Test
    void shouldRefuseAnAddressThatIsNone() {
        Mail nowhere = new Mail(MAIL.messageId(), "no address", "Order", "text", "html");

        assertThatExceptionOfType(TerminalException.class)
                .isThrownBy(() -> mailer.send(nowhere))
                .withMessageContaining("order-7.confirmed");
    }

    private SmtpSettings settings(Duration timeout) {
        return new SmtpSettings(
                "127.0.0.1", server.port(), "shop@shop.example", Security.NONE, Optional.empty(), 4, timeout);
    }
}
