package dev.orderflow.bench.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Files of {@code /proc}, which come and go with their processes. */
final class ProcFile {

    /** USER_HZ: what the kernel counts processor time in, the same on every Linux that people run. */
    static final int TICKS_PER_SECOND = 100;

    private static final Path PROC = Path.of("/proc");

    private ProcFile() {}

    /** The text of a file, or nothing where the process has ended. */
    static Optional<String> read(String name) {
        try {
            return Optional.of(Files.readString(PROC.resolve(name), StandardCharsets.ISO_8859_1));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
