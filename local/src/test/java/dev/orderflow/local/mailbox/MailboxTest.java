package dev.orderflow.local.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.local.process.LoopbackPort;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailboxTest {

    @TempDir
    Path directory;

    @Test
    void shouldShowWhatWasReceived() throws Exception {
        try (Mailbox mailbox = Mailbox.start(directory, 0, 10)) {
            send(mailbox, "jo@example.com", "Zürich wünscht guten Tag", "Grüße,\nOrderflow");

            assertThat(mailbox.newest(5, mail -> true)).singleElement().satisfies(mail -> {
                assertThat(mail.from()).isEqualTo("Shop <shop@example.com>");
                assertThat(mail.to()).isEqualTo("jo@example.com");
                assertThat(mail.subject()).isEqualTo("Zürich wünscht guten Tag");
                assertThat(mail.body()).isEqualToIgnoringNewLines("Grüße,\nOrderflow");
                assertThat(mail.messageId()).isEqualTo("<jo@example.com-Zurich@test>");
                assertThat(mail.receivedAt())
                        .isBetween(
                                Instant.now().minus(Duration.ofMinutes(1)),
                                Instant.now().plusSeconds(1));
                assertThat(mailbox.find(mail.id())).contains(mail);
            });
        }
    }

    @Test
    void shouldKeepMailsAcrossARestart() throws Exception {
        try (Mailbox mailbox = Mailbox.start(directory, 0, 10)) {
            send(mailbox, "a@example.com", "one", "1");
        }

        try (Mailbox again = Mailbox.start(directory, 0, 10)) {
            send(again, "a@example.com", "two", "2");
            assertThat(again.newest(5, mail -> true)).extracting(Mail::subject).containsExactly("two", "one");
        }
    }

    @Test
    void shouldLetTheOldestGo() throws Exception {
        try (Mailbox mailbox = Mailbox.start(directory, 0, 2)) {
            for (String subject : List.of("one", "two", "three")) {
                send(mailbox, "a@example.com", subject, "body");
            }

            assertThat(mailbox.count()).isEqualTo(2);
            assertThat(mailbox.newest(5, mail -> true)).extracting(Mail::id).containsExactly(3L, 2L);
            assertThat(mailbox.find(1)).isEmpty();
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void shouldDeliverToEachReceiver() throws Exception {
        try (Mailbox mailbox = Mailbox.start(directory, 0, 10)) {
            send(mailbox, "a@example.com, b@example.com", "both", "body");

            assertThat(mailbox.newest(5, mail -> true))
                    .extracting(Mail::to)
                    .containsExactlyInAnyOrder("a@example.com", "b@example.com");
            assertThat(mailbox.newest(5, mail -> mail.to().startsWith("a"))).hasSize(1);
        }
    }

    @Test
    void shouldShowTheFirstTextOfAMailWithSeveralParts() throws Exception {
        try (Mailbox mailbox = Mailbox.start(directory, 0, 10)) {
            MimeMessage message = message(mailbox, "a@example.com", "parts");
            MimeBodyPart text = new MimeBodyPart();
            text.setText("plain");
            MimeBodyPart html = new MimeBodyPart();
            html.setText("<b>rich</b>", "utf-8", "html");
            message.setContent(new MimeMultipart("alternative", text, html));
            Transport.send(message);

            assertThat(mailbox.newest(1, mail -> true)).extracting(Mail::body).containsExactly("plain");
        }
    }

    @Test
    void shouldLeaveAMailWithItsSenderWhenItCannotBeKept() throws Exception {
        try (Mailbox mailbox = Mailbox.start(directory.resolve("gone"), 0, 10)) {
            Files.delete(directory.resolve("gone"));

            assertThatThrownBy(() -> send(mailbox, "a@example.com", "lost?", "body"))
                    .isInstanceOf(MessagingException.class)
                    .hasMessageContaining("451");
            assertThat(mailbox.count()).isZero();
        }
    }

    private static void send(Mailbox mailbox, String to, String subject, String body) throws MessagingException {
        MimeMessage message = message(mailbox, to, subject);
        message.setText(body, "utf-8");
        Transport.send(message);
    }

    private static MimeMessage message(Mailbox mailbox, String to, String subject) throws MessagingException {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", LoopbackPort.HOST);
        properties.put("mail.smtp.port", Integer.toString(mailbox.port()));
        MimeMessage message = new MimeMessage(Session.getInstance(properties)) {
            @Override
            protected void updateMessageID() throws MessagingException {
                String word = subject.split(" ", -1)[0].replace("ü", "u");
                setHeader("Message-ID", "<" + to.replace(", ", "+") + "-" + word + "@test>");
            }
        };
        message.setFrom(new InternetAddress("Shop <shop@example.com>"));
        message.setRecipients(Message.RecipientType.TO, InternetAddress.parse(to));
        message.setSubject(subject, "utf-8");
        return message;
    }
}
