package dev.orderflow.analytics.clickhouse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * One step of the tables' history. Its statements may run twice: another process can be at it, or have died halfway.
 *
 * @param version from 1, without a hole
 * @param name of its file, without the ending
 * @param text statements, each with a semicolon at the end of its last line
 */
record Migration(int version, String name, String text) {

    /** Reads a migration from its file; the name begins with the version in four digits. */
    static Migration load(String name) {
        String file = name + ".sql";
        try (InputStream in = Migration.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("No file " + file + " beside " + Migration.class.getName());
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Migration(Integer.parseInt(name.substring(0, 4)), name, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> statements() {
        return Arrays.stream(text.split(";\\s*(\n|$)"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    /** Tells whether a migration was changed after it ran somewhere. */
    String checksum() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256.", e);
        }
    }
}
