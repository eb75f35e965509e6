package dev.orderflow.local.stack;

import dev.orderflow.local.process.Child;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A child process that is started again at once when it ends without having been asked to, as any orchestrator does. Safe
 * for use by several threads.
 *
 * @param <T> the running child
 */
final class Supervised<T extends Child> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Supervised.class);
    private static final long FIRST_PAUSE_NANOS = 100_000_000L;
    private static final long LONGEST_PAUSE_NANOS = 5_000_000_000L;
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final String name;
    private final Supplier<T> starter;
    private T running;
    private boolean closing;
    private @Nullable Thread restarter;

    /** @param starter starts the child and returns when it is ready */
    Supervised(String name, Supplier<T> starter) {
        this.name = name;
        this.starter = starter;
        this.running = starter.get();
        watch(running);
    }

    synchronized T running() {
        return running;
    }

    @Override
    public void close() {
        T last;
        Thread starting;
        synchronized (this) {
            closing = true;
            last = running;
            starting = restarter;
        }
        if (starting != null && starting != Thread.currentThread()) {
            // A start that is under way is broken off, and ends its own child: nothing may outlive this.
            starting.interrupt();
            join(starting);
            synchronized (this) {
                last = running;
            }
        }
        try {
            last.close();
        } catch (RuntimeException failure) {
            LOG.warn("The {} did not end cleanly: {}", name, failure.toString());
        }
    }

    private synchronized boolean isClosing() {
        return closing;
    }

    private void watch(T child) {
        Thread.ofVirtual().name(name + "-watch").start(() -> {
            child.onExit().handle((status, failure) -> name).join();
            restart();
        });
    }

    private static void join(Thread thread) {
        try {
            thread.join(CLOSE_WITHIN);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void restart() {
        synchronized (this) {
            restarter = Thread.currentThread();
        }
        long pause = FIRST_PAUSE_NANOS;
        while (true) {
            if (isClosing()) {
                return;
            }
            LOG.warn("The {} has ended by itself and is started again", name);
            try {
                T started = starter.get();
                boolean late;
                synchronized (this) {
                    running = started;
                    late = closing;
                    restarter = null;
                }
                if (late) {
                    close();
                } else {
                    LOG.warn("The {} is back", name);
                    watch(started);
                }
                return;
            } catch (RuntimeException failure) {
                if (isClosing()) {
                    LOG.debug("The start of the {} was broken off", name, failure);
                    return;
                }
                LOG.error("The {} cannot be started again: {}", name, failure.getMessage());
                LockSupport.parkNanos(pause);
                pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
            }
        }
    }
}
