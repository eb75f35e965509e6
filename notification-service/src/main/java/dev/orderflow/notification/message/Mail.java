package dev.orderflow.notification.message;

/**
 * A mail that is ready to be sent.
 *
 * @param messageId with its angle brackets; the same whenever the same mail is sent
 * @param to the address of the one who gets it
 * @param text the plain text
 * @param html the same as HTML
 */
public record Mail(String messageId, String to, String subject, String text, String html) {}
