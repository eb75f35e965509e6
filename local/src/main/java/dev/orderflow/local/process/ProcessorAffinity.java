package dev.orderflow.local.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.orderflow.local.foreign.NativeFunctions;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.Optional;
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

    /** {@code int sched_setaffinity(thread, bytes of the mask, mask)}; 0 is the thread that calls, and the answer to a success. */
    public interface SetAffinity {
        int of(int thread, long bytes, MemorySegment mask);
    }

    private ProcessorAffinity() {}

    /**
     * Runs an action in a thread of its own, which may run on these processors only, as may all threads that come of it, and
     * returns when it has ended. Where the system refuses them, it runs anywhere. An interrupt is passed on to the action.
     *
     * @return whether the system gave the processors
     * @throws Exception what the action throws, declared or not: Kafka's comes from Scala, which declares nothing
     */
    public static boolean run(ProcessorList processors, String name, Runnable action) throws Exception {
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
                case Exception cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw failure;
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

    private static boolean setAffinity(ProcessorList processors) {
        Optional<SetAffinity> function = NativeFunctions.ofSystem()
                .find(
                        SetAffinity.class,
                        "sched_setaffinity",
                        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS));
        if (function.isEmpty()) {
            return false;
        }
        BitSet bits = new BitSet(ProcessorList.MOST);
        processors.numbers().forEach(bits::set);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(ProcessorList.MOST / Byte.SIZE, Long.BYTES);
            mask.copyFrom(MemorySegment.ofArray(bits.toLongArray()));
            return function.get().of(0, mask.byteSize(), mask) == 0;
        }
    }
}
