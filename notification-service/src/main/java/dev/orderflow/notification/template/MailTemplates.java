package dev.orderflow.notification.template;

import dev.orderflow.notification.message.Letter;
import dev.orderflow.notification.message.LetterWriter;
import dev.orderflow.notification.message.Mail;
import dev.orderflow.notification.message.MailKey;
import dev.orderflow.notification.message.Notice;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Locale;

/**
 * Writes mails from templates, one for text and one for HTML of each kind. They are compiled by the build ({@code
 * src/main/jte}); those for HTML escape whatever is put into them. Immutable and safe for use by several threads.
 */
public final class MailTemplates {

    private static final String PACKAGE = MailTemplates.class.getPackageName();

    private final TemplateEngine text = engine(ContentType.Plain, "text");
    private final TemplateEngine html = engine(ContentType.Html, "html");

    /**
     * The mail that tells a customer what became of an order.
     *
     * @param locale how its amounts are written
     */
    public Mail mail(Notice notice, String to, Locale locale) {
        Letter letter = LetterWriter.letter(notice, locale);
        return new Mail(
                new MailKey(notice.orderId(), notice.kind()).messageId(),
                to,
                letter.subject(),
                render(text, letter),
                render(html, letter));
    }

    private static String render(TemplateEngine engine, Letter letter) {
        StringOutput out = new StringOutput();
        engine.render(letter.kind().text() + ".jte", letter, out);
        return out.toString();
    }

    private static TemplateEngine engine(ContentType type, String directory) {
        return TemplateEngine.createPrecompiled(
                null, type, MailTemplates.class.getClassLoader(), PACKAGE + "." + directory);
    }
}
