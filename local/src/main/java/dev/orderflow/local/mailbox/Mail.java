package dev.orderflow.local.mailbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mail as somebody received it.
 *
 * @param id its place in the mailbox: grows with every mail, never used twice
 * @param from the sender, as in the mail's header
 * @param to the address it was delivered to
 * @param subject the subject, or nothing where it has none
 * @param messageId the Message-ID header, by which a mail that was sent twice can be told
 * @param receivedAt when it was delivered
 * @param body its text; of a mail with several parts the first one that is text
 */
public record Mail(
        long id,
        String from,
        String to,
        String subject,
        @Nullable String messageId,
        Instant receivedAt,
        String body) {}
