package dev.orderflow.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A secret of this installation: made at random the first time, and the same ever after. */
final class LocalSecret {

    private static final int BYTES = 32;

    private LocalSecret() {}

    /** The secret in a file, which is made when it is not there. */
    static synchronized String in(Path file) {
        try {
            if (!Files.exists(file)) {
                byte[] random = new byte[BYTES];
                new SecureRandom().nextBytes(random);
                Path half = file.resolveSibling(file.getFileName() + ".new");
                Files.writeString(half, HexFormat.of().formatHex(random));
                Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException("The secret in " + file + " cannot be kept", failure);
        }
    }
}
