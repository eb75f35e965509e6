package dev.orderflow.local.engine;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.orderflow.local.foreign.NativeFunctions;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The machine code of the library that is in memory because the start ran it once: about 110 MB of the process's
 * resident set, given back after the start. What is run again comes back from the page cache.
 */
final class ResidentText {

    private static final int MADV_DONTNEED = 4;

    /** {@code int madvise(address, length, advice)}. */
    public interface Advise {
        int of(long address, long length, int advice);
    }

    private ResidentText() {}

    /** Gives the pages back where the operating system shows its mappings (Linux), and does nothing elsewhere. */
    static void release(Path library) {
        Optional<Advise> madvise = NativeFunctions.ofSystem()
                .find(Advise.class, "madvise", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
        Path maps = Path.of("/proc/self/maps");
        if (madvise.isEmpty() || !Files.isReadable(maps)) {
            return;
        }
        for (String mapping : lines(maps)) {
            // Only pages that are executable and never written are the file's own; dropping others would lose data.
            if (mapping.contains(" r-xp ")
                    && mapping.endsWith(library.getFileName().toString())) {
                long start = HexFormat.fromHexDigitsToLong(mapping, 0, mapping.indexOf('-'));
                long end = HexFormat.fromHexDigitsToLong(mapping, mapping.indexOf('-') + 1, mapping.indexOf(' '));
                madvise.get().of(start, end - start, MADV_DONTNEED);
            }
        }
    }

    private static List<String> lines(Path maps) {
        try {
            return Files.readAllLines(maps);
        } catch (IOException e) {
            // Memory that is not given back is no reason to fail a start.
            return List.of();
        }
    }
}
