package dev.orderflow.local.process;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What Linux says of processors in {@code /proc} and {@code /sys/devices/system/cpu}. Where it says nothing, as on any other
 * system, nothing is known.
 */
public final class KernelProcessors {

    private static final String ALLOWED = "Cpus_allowed_list:";

    private final Path status;
    private final Path processors;

    /**
     * @param status of the thread that is asked about, as in {@code /proc/thread-self/status}
     * @param processors with one directory for each, as {@code /sys/devices/system/cpu}
     */
    KernelProcessors(Path status, Path processors) {
        this.status = status;
        this.processors = processors;
    }

    /** Of the calling thread and this machine. */
    public static KernelProcessors here() {
        return new KernelProcessors(Path.of("/proc/thread-self/status"), Path.of("/sys/devices/system/cpu"));
    }

    /** Those that the thread may run on; empty where it is not known. */
    public Optional<ProcessorList> allowed() {
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith(ALLOWED))
                    .map(line -> ProcessorList.parse(line.substring(ALLOWED.length())))
                    .findFirst();
        } catch (IOException | IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    /**
     * Whether the kernel lists these processors, and knows of no core and no cache that the first of them shares with
     * another one. False where that is not known.
     */
    public boolean areApart(ProcessorList several) {
        Path first = processors.resolve("cpu" + several.numbers().first());
        try {
            if (shares(first.resolve("topology").resolve("thread_siblings_list"), several)) {
                return false;
            }
            Path caches = first.resolve("cache");
            if (!Files.exists(caches)) {
                return true;
            }
            try (DirectoryStream<Path> each = Files.newDirectoryStream(caches, "index*")) {
                for (Path cache : each) {
                    if (shares(cache.resolve("shared_cpu_list"), several)) {
                        return false;
                    }
                }
            }
            return true;
        } catch (IOException | DirectoryIteratorException | IllegalArgumentException unknown) {
            return false;
        }
    }

    /** Whether a list names one of these beside the first, whose list it is. */
    private static boolean shares(Path list, ProcessorList several) throws IOException {
        ProcessorList sharing = ProcessorList.parse(Files.readString(list));
        return several.numbers().stream()
                .skip(1)
                .anyMatch(number -> sharing.numbers().contains(number));
    }
}
