package dev.orderflow.payment.audit;

import dev.orderflow.payment.book.Patience;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the books are between two runs. A file that cannot be read only means that everything is read again. */
final class BooksFile {

    private static final Logger LOG = LoggerFactory.getLogger(BooksFile.class);

    private final Path file;

    BooksFile(Path file) {
        this.file = file;
    }

    /** The books of these topics and this provider, if they were written down. */
    Optional<Books> read(String topicId, String provider, Patience patience) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            return Books.read(in, topicId, provider, patience);
        } catch (NoSuchFileException first) {
            return Optional.empty();
        } catch (IOException | RuntimeException unreadable) {
            LOG.warn("The books in {} cannot be read, and are made anew: {}", file, unreadable.toString());
            return Optional.empty();
        }
    }

    /** Writes the books in place of those before; a kill in between leaves the ones before. */
    void write(Books books) {
        Path half = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(half)))) {
                books.write(out);
            }
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            LOG.warn("The books are not kept in {}: {}", file, failure.toString());
        }
    }
}
