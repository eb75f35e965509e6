package dev.orderflow.notification.delivery;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A few connections to one server, each used by one mail at a time and kept for the next one. */
final class SmtpConnections implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SmtpConnections.class);

    /** Servers close connections that carry too many mails; this is below the limits in use. */
    private static final int MAILS_PER_CONNECTION = 100;

    /** A connection idle for longer is asked whether it is still there before a mail is trusted to it. */
    private static final long TRUSTED_IDLE_NANOS = Duration.ofSeconds(2).toNanos();

    private final Session session;
    private final SmtpSettings settings;
    private final Semaphore permits;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
    private final Pace pace;
    private volatile boolean closed;

    /** Sends something over a connection. */
    interface Use {
        void on(Transport transport) throws MessagingException;
    }

    private record Connection(Transport transport, int mails, long lastUsed) {}

    SmtpConnections(Session session, SmtpSettings settings) {
        this.session = session;
        this.settings = settings;
        this.pace = new Pace(settings.rate());
        this.permits = new Semaphore(settings.connections(), true);
    }

    /** Uses a connection; waits for one while all are in use. A connection that has failed is not used again. */
    void use(Use use) throws MessagingException, InterruptedException {
        permits.acquire();
        try {
            pace.await();
            Connection connection = take();
            boolean done = false;
            try {
                use.on(connection.transport());
                done = true;
            } finally {
                putBack(connection, done);
            }
        } finally {
            permits.release();
        }
    }

    @Override
    public void close() {
        closed = true;
        closeIdle();
    }

    private Connection take() throws MessagingException {
        for (Connection kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
            boolean trusted = System.nanoTime() - kept.lastUsed() < TRUSTED_IDLE_NANOS;
            if (trusted || kept.transport().isConnected()) {
                return kept;
            }
            hangUp(kept);
        }
        Transport transport = session.getTransport("smtp");
        String user = settings.login().map(SmtpSettings.Login::user).orElse(null);
        String password = settings.login().map(SmtpSettings.Login::password).orElse(null);
        transport.connect(settings.host(), settings.port(), user, password);
        return new Connection(transport, 0, System.nanoTime());
    }

    private void putBack(Connection connection, boolean done) {
        int mails = connection.mails() + 1;
        if (done && mails < MAILS_PER_CONNECTION) {
            idle.addFirst(new Connection(connection.transport(), mails, System.nanoTime()));
            if (closed) {
                closeIdle();
            }
        } else {
            hangUp(connection);
        }
    }

    private void closeIdle() {
        for (Connection kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
            hangUp(kept);
        }
    }

    /** What goes wrong while hanging up changes nothing about the mails that were sent before. */
    private static void hangUp(Connection connection) {
        try {
            connection.transport().close();
        } catch (MessagingException gone) {
            LOG.debug("A connection was gone before it was closed", gone);
        }
    }
}
