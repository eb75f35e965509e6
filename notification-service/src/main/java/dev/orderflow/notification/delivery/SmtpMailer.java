package dev.orderflow.notification.delivery;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import dev.orderflow.durable.TerminalException;
import dev.orderflow.notification.message.Mail;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Hands mails to a server by SMTP, over a few connections that stay open from one mail to the next. */
public final class SmtpMailer implements Mailer {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final Session session;
    private final InternetAddress from;
    private final SmtpConnections connections;

    public SmtpMailer(SmtpSettings settings) {
        session = Session.getInstance(settings.sessionProperties());
        connections = new SmtpConnections(session, settings);
        try {
            from = new InternetAddress(settings.from(), true);
        } catch (AddressException unusable) {
            throw new TerminalException(
                    "Setting mail.from=" + settings.from() + " cannot be used: it is no mail address ("
                            + unusable.getMessage() + ").",
                    unusable);
        }
    }

    @Override
    public void send(Mail mail) throws InterruptedException {
        InternetAddress to = recipient(mail);
        try {
            MimeMessage message = message(mail, to);
            connections.use(connection -> connection.sendMessage(message, new InternetAddress[] {to}));
        } catch (MessagingException failure) {
            throw SmtpFailure.of(mail, failure);
        }
    }

    @Override
    public void close() {
        connections.close();
    }

    private MimeMessage message(Mail mail, InternetAddress to) throws MessagingException {
        MimeMessage message = new IdentifiedMessage(session, mail.messageId());
        message.setFrom(from);
        message.setRecipient(Message.RecipientType.TO, to);
        message.setSubject(mail.subject(), UTF_8);
        message.setHeader("Date", RFC_1123_DATE_TIME.format(OffsetDateTime.now(ZoneOffset.UTC)));
        message.setHeader("Auto-Submitted", "auto-generated");
        MimeBodyPart text = new MimeBodyPart();
        text.setText(mail.text(), UTF_8);
        MimeBodyPart html = new MimeBodyPart();
        html.setText(mail.html(), UTF_8, "html");
        message.setContent(new MimeMultipart("alternative", text, html));
        message.saveChanges();
        return message;
    }

    private static InternetAddress recipient(Mail mail) {
        try {
            return new InternetAddress(mail.to(), true);
        } catch (AddressException unusable) {
            throw new TerminalException(
                    "Mail " + mail.messageId() + " has no usable address: " + unusable.getMessage(), unusable);
        }
    }

    /** A message with an id of our own; the library would make a new one at every try. */
    private static final class IdentifiedMessage extends MimeMessage {

        private final String messageId;

        IdentifiedMessage(Session session, String messageId) {
            super(session);
            this.messageId = messageId;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", messageId);
        }
    }
}
