package dev.orderflow.notification.delivery;

import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.settings.Settings;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * How mails reach their server.
 *
 * @param from the sender of all mails
 * @param login none for a server that takes mails from anybody
 * @param connections the most that are open at a time, 1 or more
 * @param timeout the longest wait for a connection, and for each answer of the server
 * @param rate the most mails a second; 0 for no limit
 */
public record SmtpSettings(
        String host,
        int port,
        String from,
        Security security,
        Optional<Login> login,
        int connections,
        Duration timeout,
        int rate) {

    /** Without a limit of mails a second. */
    public SmtpSettings(
            String host,
            int port,
            String from,
            Security security,
            Optional<Login> login,
            int connections,
            Duration timeout) {
        this(host, port, from, security, login, connections, timeout, 0);
    }

    /** How a connection is protected. */
    public enum Security {
        /** Not at all: for a server on the same machine. */
        NONE,
        /** Begun in the clear, then encrypted; a server that cannot is not used. */
        STARTTLS,
        /** Encrypted from the beginning. */
        TLS
    }

    /** Who sends. Its password is not shown. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[user=" + user + ", password=***]";
        }
    }

    /**
     * By settings: {@code mail.host} (127.0.0.1), {@code mail.port} (25), {@code mail.from}
     * (orders@orderflow.example), {@code mail.security} (none, starttls or tls), {@code mail.user} with
     * {@code mail.password}, {@code mail.connections} (4), {@code mail.timeout} (10s) and
     * {@code mail.rate} (0: no limit).
     */
    public static SmtpSettings from(Settings settings) {
        return new SmtpSettings(
                settings.text("mail.host", "127.0.0.1"),
                (int) settings.number("mail.port", 25, 1, 65_535),
                settings.text("mail.from", "orders@orderflow.example"),
                Security.valueOf(settings.choice("mail.security", "none", Set.of("none", "starttls", "tls"))
                        .toUpperCase(Locale.ROOT)),
                login(settings),
                (int) settings.number("mail.connections", 4, 1, 100),
                settings.duration("mail.timeout", Duration.ofSeconds(10)),
                (int) settings.number("mail.rate", 0, 0, 100_000));
    }

    private static Optional<Login> login(Settings settings) {
        Optional<String> user = settings.find("mail.user");
        Optional<String> password = settings.find("mail.password");
        if (user.isPresent() != password.isPresent()) {
            throw new TerminalException("Of the settings mail.user and mail.password only one is there: give both, or"
                    + " none for a server without log-in.");
        }
        return user.map(name -> new Login(name, password.orElseThrow()));
    }

    /** The properties of a mail session. */
    Properties sessionProperties() {
        String millis = Long.toString(timeout.toMillis());
        Properties properties = new Properties();
        properties.put("mail.smtp.host", host);
        properties.put("mail.smtp.port", Integer.toString(port));
        properties.put("mail.smtp.auth", Boolean.toString(login.isPresent()));
        properties.put("mail.smtp.connectiontimeout", millis);
        properties.put("mail.smtp.timeout", millis);
        properties.put("mail.smtp.writetimeout", millis);
        properties.put("mail.smtp.starttls.enable", Boolean.toString(security == Security.STARTTLS));
        properties.put("mail.smtp.starttls.required", Boolean.toString(security == Security.STARTTLS));
        properties.put("mail.smtp.ssl.enable", Boolean.toString(security == Security.TLS));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        return properties;
    }
}
