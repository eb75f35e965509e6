package dev.orderflow.local.process;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which processors threads run on, as Linux has it ({@code sched_setaffinity(2)}): a thread runs where the one that started it
 * may run. Elsewhere nothing is changed.
 */
public final class ProcessorAffinity {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessorAffinity.class);

    private ProcessorAffinity() {}

    /**
     * Runs an action in a thread of its own, which may run on these processors only, as may all threads that come of it, and
     * returns when it has ended. Where the system refuses them, it runs anywhere. An interrupt is passed on to the action.
     *
     * @return whether the system gave the processors
     * @throws CompletionException with what the action throws as its cause, where that is a checked exception; a
     *     {@code RuntimeException} or {@code Error} of it is thrown as it is
     */
    public static boolean run(ProcessorList processors, String name, Runnable action) {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            boolean bound = bind(processors);
            action.run();
            return bound;
        });
        Thread thread = Thread.ofPlatform().name(name).start(task);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException passedOn) {
                    interrupted = true;
                    thread.interrupt();
                }
            }
        } catch (ExecutionException failure) {
            switch (failure.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                // Kafka's are thrown by Scala, which declares none.
                case null, default -> throw new CompletionException(failure.getCause());
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whether this thread is bound to these processors from now on. */
    private static boolean bind(ProcessorList processors) {
        boolean bound = false;
        try {
            bound = setAffinity(processors);
        } catch (IllegalCallerException denied) {
            LOG.debug("This process may not call the C library", denied);
        }
        if (!bound) {
            LOG.warn("The system refuses processors {}: all are used", processors);
        }
        return bound;
    }

    @SuppressWarnings("restricted") // The process is started with --enable-native-access: this is what it is for.
    private static boolean setAffinity(ProcessorList processors) {
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> function = linker.defaultLookup().find("sched_setaffinity");
        if (function.isEmpty()) {
            return false;
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
            return (int) set.invokeExact(thisThread, mask.byteSize(), mask) == 0;
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw new IllegalStateException("sched_setaffinity threw", impossible);
        }
    }
}
