package dev.orderflow.local.mailbox;

import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The receiver of mails to one address, as GreenMail wants it: puts them into the mailbox. Nobody logs in here, so it
 * has no password and no folder.
 */
record Letterbox(String address, MailFiles files) implements GreenMailUser {

    @Override
    public String getEmail() {
        return address;
    }

    @Override
    public String getLogin() {
        return address;
    }

    @Override
    public void deliver(MovingMessage message) {
        deliver(message.getMessage());
    }

    /** Throws where the mail cannot be kept; the sender then gets 451 and keeps it. */
    @Override
    public void deliver(MimeMessage message) {
        try {
            files.add(address, message);
        } catch (IOException e) {
            throw new UncheckedIOException("The mail to " + address + " cannot be kept", e);
        } catch (MessagingException e) {
            throw new IllegalStateException("The mail to " + address + " cannot be kept", e);
        }
    }

    @Override
    public void create() {
        throw noAccount();
    }

    @Override
    public void delete() {
        throw noAccount();
    }

    @Override
    public String getPassword() {
        throw noAccount();
    }

    @Override
    public void setPassword(String password) {
        throw noAccount();
    }

    @Override
    public void authenticate(String password) {
        throw noAccount();
    }

    @Override
    public String getQualifiedMailboxName() {
        return address;
    }

    private static UnsupportedOperationException noAccount() {
        return new UnsupportedOperationException("The local mailbox has no accounts");
    }
}
