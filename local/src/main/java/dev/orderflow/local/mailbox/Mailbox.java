package dev.orderflow.local.mailbox;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.orderflow.local.process.LoopbackPort;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A real SMTP server on 127.0.0.1 that accepts every mail to anybody and delivers none: they are kept as files, where
 * people and tests find them, also after a restart. A mail is on disk before its sender hears that it was accepted.
 * Thread-safe.
 */
public final class Mailbox implements AutoCloseable {

    /** How many mails are kept; the oldest go first. */
    public static final int DEFAULT_LIMIT = 10_000;

    private final MailFiles files;
    private final GreenMail server;
    private final int port;

    private Mailbox(MailFiles files, GreenMail server, int port) {
        this.files = files;
        this.server = server;
        this.port = port;
    }

    /**
     * Opens a mailbox and starts its server.
     *
     * @param directory where the mails are kept; made where it does not exist
     * @param port the port of the SMTP server, or 0 for a free one
     * @param limit how many mails are kept, at least 1
     */
    public static Mailbox start(Path directory, int port, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("A mailbox for " + limit + " mails keeps none");
        }
        int chosen = LoopbackPort.orFree(port);
        LoopbackPort.requireFree("mailbox", chosen);
        MailFiles files = new MailFiles(directory, limit);
        GreenMail server = new GreenMail(new ServerSetup(chosen, LoopbackPort.HOST, ServerSetup.PROTOCOL_SMTP));
        server.getUserManager()
                .setMessageDeliveryHandler((message, address) -> new Letterbox(address.getEmail(), files));
        server.start();
        return new Mailbox(files, server, chosen);
    }

    /** The port of the SMTP server; never 0. */
    public int port() {
        return port;
    }

    /** How many mails there are. */
    public int count() {
        return files.count();
    }

    /**
     * The newest mails of a kind, newest first. Each is read from disk.
     *
     * @param count how many at most
     */
    public List<Mail> newest(int count, Predicate<Mail> which) {
        return files.newest(count, which);
    }

    /** The mail with an id; nothing where there is none, or none any more. */
    public Optional<Mail> find(long id) {
        return files.find(id);
    }

    /** Stops the server; the mails stay. */
    @Override
    public void close() {
        server.stop();
    }
}
