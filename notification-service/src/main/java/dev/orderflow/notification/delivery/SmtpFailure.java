package dev.orderflow.notification.delivery;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.TerminalException;
import dev.orderflow.notification.message.Mail;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/**
 * Tells a mail that will never be taken from one that may be taken later. Only what the server says for good of this mail
 * or its recipient is final: a wrong password or sender is the fault of a setting, which can be put right while mails
 * wait.
 */
final class SmtpFailure {

    private static final int PERMANENT = 500;
    private static final int ABOVE_PERMANENT = 600;

    private SmtpFailure() {}

    static RuntimeException of(Mail mail, MessagingException failure) {
        if (failure instanceof AuthenticationFailedException) {
            return new RetriableException(
                    "The mail server refuses the log-in: " + oneLine(failure)
                            + ". Check mail.user, mail.password and mail.security.",
                    failure);
        }
        for (Exception next = failure;
                next != null;
                next = next instanceof MessagingException m ? m.getNextException() : null) {
            if (next instanceof SMTPAddressFailedException address && isPermanent(address.getReturnCode())) {
                return new TerminalException(
                        "Mail " + mail.messageId() + ": the mail server refuses its recipient: " + oneLine(address),
                        address);
            }
        }
        if (failure instanceof SMTPSendFailedException refused && isPermanent(refused.getReturnCode())) {
            if (refused.getCommand().startsWith("MAIL")) {
                return new RetriableException(
                        "The mail server refuses the sender: " + oneLine(refused) + ". Check mail.from.", refused);
            }
            return new TerminalException(
                    "Mail " + mail.messageId() + " is refused by the mail server: " + oneLine(refused), refused);
        }
        return new RetriableException(
                "Mail " + mail.messageId() + " was not taken, or nobody knows: " + oneLine(failure), failure);
    }

    private static boolean isPermanent(int code) {
        return code >= PERMANENT && code < ABOVE_PERMANENT;
    }

    private static String oneLine(Exception failure) {
        return String.valueOf(failure.getMessage()).strip().replaceAll("\\s+", " ");
    }
}
