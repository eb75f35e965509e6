package dev.orderflow.notification.delivery;

import dev.orderflow.notification.message.Mail;

/** Hands mails to whoever delivers them. Safe for use by several threads; a call may wait. */
public interface Mailer extends AutoCloseable {

    /**
     * Hands over a mail.
     *
     * @throws dev.orderflow.durable.TerminalException when it is refused for good
     * @throws dev.orderflow.durable.RetriableException when it may be taken later, or was and nobody knows
     * @throws InterruptedException when its time is over
     */
    void send(Mail mail) throws InterruptedException;

    @Override
    void close();
}
