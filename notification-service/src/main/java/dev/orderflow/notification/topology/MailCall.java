package dev.orderflow.notification.topology;

import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.effect.Effect;
import dev.orderflow.durable.effect.EffectCall;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.notification.delivery.Mailer;
import dev.orderflow.notification.message.CustomerDirectory;
import dev.orderflow.notification.message.Mail;
import dev.orderflow.notification.template.MailTemplates;
import dev.orderflow.schemas.Topic;
import dev.orderflow.schemas.Topics;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/**
 * One try of a mail: finds the address, writes the mail and hands it to the mail server. SMTP cannot take a mail exactly
 * once: when the server's yes is lost on its way, the mail is sent again, with the same Message-ID.
 */
final class MailCall implements EffectCall {

    private static final Map<String, Class<? extends SpecificRecord>> TYPES = Stream.of(
                    Topics.ORDER_CONFIRMED, Topics.ORDER_CANCELLED, Topics.ORDER_COMPLETED, Topics.ORDER_REFUNDED)
            .collect(Collectors.toUnmodifiableMap(
                    Topic::name, topic -> topic.valueType().orElseThrow()));

    private final AvroSerdes serdes;
    private final CustomerDirectory directory;
    private final MailTemplates templates = new MailTemplates();
    private final Mailer mailer;
    private final Locale otherwise;

    /** @param otherwise the locale of customers who have given none */
    MailCall(AvroSerdes serdes, CustomerDirectory directory, Mailer mailer, Locale otherwise) {
        this.serdes = serdes;
        this.directory = directory;
        this.mailer = mailer;
        this.otherwise = otherwise;
    }

    /** Sends the mail; its result is the Message-ID. */
    @Override
    public Object run(Effect effect) throws InterruptedException {
        Notices.Addressed addressed = Notices.of(effect.key(), event(effect));
        String to = addressed
                .userId()
                .flatMap(directory::addressOf)
                .orElseThrow(() ->
                        new TerminalException("Order " + addressed.notice().orderId()
                                + ": its customer has no mail address. Add one to the directory of customers, then send this"
                                + " dead letter again."));
        Mail mail = templates.mail(
                addressed.notice(), to, addressed.locale().map(this::locale).orElse(otherwise));
        mailer.send(mail);
        return mail.messageId();
    }

    private SpecificRecord event(Effect effect) {
        EventCopy copy = EventCopy.from(effect.payload());
        String topic = copy.origin().topic();
        Class<? extends SpecificRecord> type = TYPES.get(topic);
        if (type == null) {
            throw new TerminalException("Mail " + effect.key() + " is about an event of " + topic
                    + ", of which this version tells nobody.");
        }
        return serdes.deserialize(topic, copy.bytes(), type);
    }

    private Locale locale(String tag) {
        Locale locale = Locale.forLanguageTag(tag);
        return locale.getLanguage().isEmpty() ? otherwise : locale;
    }
}
