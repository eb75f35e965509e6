package dev.orderflow.local.stack;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts parts side by side with their progress shown, and closes those that run: the top layer first, each layer at once. */
final class Startup implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Startup.class);

    private final Progress progress;
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("startup-", 0).factory());
    private final Deque<List<AutoCloseable>> layers = new ArrayDeque<>();

    Startup(Progress progress) {
        this.progress = progress;
        nextLayer();
    }

    /** What is started from now on stands on what was started before, and is closed before it. */
    void nextLayer() {
        synchronized (layers) {
            layers.push(new ArrayList<>());
        }
    }

    /** Starts a part that can be used when the supplier returns. */
    <T extends AutoCloseable> CompletableFuture<T> part(String name, Supplier<T> start, Function<T, String> address) {
        return CompletableFuture.supplyAsync(() -> timed(name, start, address), threads);
    }

    private <T extends AutoCloseable> T timed(String name, Supplier<T> start, Function<T, String> address) {
        progress.begin(name);
        long begun = System.nanoTime();
        try {
            T part = start.get();
            closeLater(part);
            progress.finish(name, Duration.ofNanos(System.nanoTime() - begun), address.apply(part));
            return part;
        } catch (RuntimeException failure) {
            progress.fail(name);
            throw failure;
        }
    }

    /** Has something closed with the rest. */
    void closeLater(AutoCloseable part) {
        synchronized (layers) {
            layers.getFirst().add(part);
        }
    }

    /** Closes every part. */
    @Override
    public void close() {
        synchronized (layers) {
            for (List<AutoCloseable> layer : layers) {
                CompletableFuture.allOf(layer.stream()
                                .map(part -> CompletableFuture.runAsync(() -> close(part), threads))
                                .toArray(CompletableFuture[]::new))
                        .join();
            }
            layers.clear();
        }
        threads.shutdown();
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception failure) {
            LOG.warn("A part did not end cleanly: {}", failure.toString());
        }
    }
}
