package dev.orderflow.notification.message;

import java.util.Locale;

/**
 * A mail that is ready to be sent.
 *
 * @param messageId with its angle brackets; the same whenever the same mail is sent
 * @param to the address of the one who gets it
 * @param text the plain text
 * @param html the same as HTML
 */
public record Mail(String messageId, String to, String subject, String text, String html) {

    /**
     * The mail that tells a customer what became of an order.
     *
     * @param locale how its amounts are written
     */
    public static Mail about(Notice notice, String to, Locale locale) {
        Letter letter = LetterWriter.letter(notice, locale);
        return new Mail(
                new MailKey(notice.orderId(), notice.kind()).messageId(),
                to,
                letter.subject(),
                PlainText.of(letter),
                Html.of(letter));
    }
}
