package dev.orderflow.local.mailbox;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The newest mails as files in a directory, one each ({@code 000000000042.eml}). Only their numbers are in memory.
 * Thread-safe.
 */
final class MailFiles {

    private static final String SUFFIX = ".eml";
    private static final String DELIVERED_TO = "Delivered-To";
    private static final Session SESSION = Session.getInstance(new Properties());

    private final Path directory;
    private final int limit;
    private final Deque<Long> ids = new ArrayDeque<>();

    MailFiles(Path directory, int limit) {
        this.directory = directory;
        this.limit = limit;
        try {
            Files.createDirectories(directory);
            try (Stream<Path> files = Files.list(directory)) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.matches("\\d{12}\\.eml"))
                        .map(name -> Long.valueOf(name.substring(0, name.length() - SUFFIX.length())))
                        .sorted()
                        .forEach(ids::addLast);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The mailbox " + directory + " cannot be opened", e);
        }
    }

    /** Keeps a mail, and lets the oldest go where there are too many. It is on disk when this returns. */
    synchronized void add(String to, MimeMessage message) throws IOException, MessagingException {
        long id = ids.isEmpty() ? 1 : ids.getLast() + 1;
        Path unfinished = directory.resolve("incoming");
        try (OutputStream out = Files.newOutputStream(unfinished)) {
            MimeMessage copy = new MimeMessage(message);
            copy.setHeader(DELIVERED_TO, to);
            copy.writeTo(out);
        }
        Files.move(unfinished, file(id), StandardCopyOption.ATOMIC_MOVE);
        ids.addLast(id);
        while (ids.size() > limit) {
            Files.deleteIfExists(file(ids.removeFirst()));
        }
    }

    synchronized int count() {
        return ids.size();
    }

    List<Mail> newest(int count, Predicate<Mail> which) {
        return newestIds().stream()
                .map(this::find)
                .flatMap(Optional::stream)
                .filter(which)
                .limit(count)
                .toList();
    }

    /** The mail with an id; nothing where there is none, or none any more. */
    Optional<Mail> find(long id) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file(id)))) {
            return Optional.of(read(id, new MimeMessage(SESSION, in)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | MessagingException e) {
            throw new IllegalStateException("The mail " + file(id) + " cannot be read", e);
        }
    }

    private synchronized List<Long> newestIds() {
        return List.copyOf(ids.reversed());
    }

    private Mail read(long id, MimeMessage message) throws MessagingException, IOException {
        String from = message.getHeader("From", ", ");
        String to = message.getHeader(DELIVERED_TO, null);
        String subject = message.getSubject();
        return new Mail(
                id,
                from == null ? "" : MimeUtility.decodeText(from),
                to == null ? "" : to,
                subject == null ? "" : subject,
                message.getMessageID(),
                Files.getLastModifiedTime(file(id)).toInstant(),
                text(message));
    }

    private static String text(Part part) throws MessagingException, IOException {
        Object content = part.getContent();
        if (content instanceof String text) {
            return text;
        }
        if (content instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart candidate = parts.getBodyPart(i);
                if (candidate.isMimeType("text/*") || candidate.isMimeType("multipart/*")) {
                    return text(candidate);
                }
            }
        }
        return "";
    }

    private Path file(long id) {
        return directory.resolve("%012d".formatted(id) + SUFFIX);
    }
}
