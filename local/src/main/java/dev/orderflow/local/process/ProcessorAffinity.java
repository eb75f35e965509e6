package dev.orderflow.local.process;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which processors threads run on, as Linux has it ({@code sched_setaffinity(2)}): a thread runs where the one that started it
 * may run. Elsewhere nothing is known, and nothing is changed.
 */
public final class ProcessorAffinity {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessorAffinity.class);

    private static final Path STATUS = Path.of("/proc/thread-self/status");
    private static final Path PROCESSORS = Path.of("/sys/devices/system/cpu");
    private static final String ALLOWED = "Cpus_allowed_list:";

    private ProcessorAffinity() {}

    /** Those that this thread may run on; empty where it is not known. */
    public static Optional<ProcessorList> allowed() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(ALLOWED))
                    .map(line -> ProcessorList.parse(line.substring(ALLOWED.length())))
                    .findFirst();
        } catch (IOException | IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    /** Whether the kernel knows of a cache that the first of them shares with another one. */
    public static boolean shareCache(ProcessorList processors) {
        int first = processors.numbers().first();
        try (DirectoryStream<Path> caches =
                Files.newDirectoryStream(PROCESSORS.resolve("cpu" + first).resolve("cache"), "index*")) {
            for (Path cache : caches) {
                ProcessorList sharing = ProcessorList.parse(Files.readString(cache.resolve("shared_cpu_list")));
                if (sharing.numbers().stream()
                        .anyMatch(number ->
                                number != first && processors.numbers().contains(number))) {
                    return true;
                }
            }
        } catch (IOException | IllegalArgumentException unknown) {
            return false;
        }
        return false;
    }

    /**
     * Runs an action in a thread of its own, which may run on these processors only, as may all threads that come of it.
     * Returns, or throws what the action throws, when it has ended. Where the system refuses, it runs anywhere.
     */
    public static void run(ProcessorList processors, String name, Runnable action) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Thread.ofPlatform().name(name).start(() -> {
            try {
                bind(processors);
                action.run();
                ended.complete(null);
            } catch (RuntimeException | Error failure) {
                ended.completeExceptionally(failure);
            }
        });
        try {
            ended.join();
        } catch (CompletionException failure) {
            switch (failure.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw failure;
            }
        }
    }

    @SuppressWarnings("restricted") // The process is started with --enable-native-access: this is what it is for.
    private static void bind(ProcessorList processors) {
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> function = linker.defaultLookup().find("sched_setaffinity");
        if (function.isEmpty()) {
            LOG.warn("Processors {} are not given: this system knows no sched_setaffinity", processors);
            return;
        }
        MethodHandle set = linker.downcallHandle(
                function.get(),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(ProcessorList.MOST / Byte.SIZE, Long.BYTES);
            for (int number : processors.numbers()) {
                long word = (long) number / Long.SIZE;
                mask.setAtIndex(
                        ValueLayout.JAVA_LONG,
                        word,
                        mask.getAtIndex(ValueLayout.JAVA_LONG, word) | 1L << (number % Long.SIZE));
            }
            int thisThread = 0;
            if ((int) set.invokeExact(thisThread, mask.byteSize(), mask) != 0) {
                LOG.warn("Processors {} are not given: the system refuses them", processors);
            }
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw new IllegalStateException("sched_setaffinity threw", impossible);
        }
    }
}
