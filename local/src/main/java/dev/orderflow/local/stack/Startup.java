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
    private final Deque<Layer> layers = new ArrayDeque<>();
    private boolean closed;

    /** Parts that are closed at once. */
    static final class Layer {
        private final List<AutoCloseable> parts = new ArrayList<>();

        private Layer() {}
    }

    Startup(Progress progress) {
        this.progress = progress;
        nextLayer();
    }

    /** What is started from now on stands on what was started before, and is closed before it. */
    void nextLayer() {
        synchronized (layers) {
            layers.push(new Layer());
        }
    }

    /** What is started now belongs to this one; so may what is started later, in it by name. */
    Layer layer() {
        synchronized (layers) {
            return layers.getFirst();
        }
    }

    /** Starts a part that can be used when the supplier returns. */
    <T extends AutoCloseable> CompletableFuture<T> part(String name, Supplier<T> start, Function<T, String> address) {
        return part(layer(), name, start, address);
    }

    /** Starts a part of a layer, which may have others above it by now. */
    <T extends AutoCloseable> CompletableFuture<T> part(
            Layer layer, String name, Supplier<T> start, Function<T, String> address) {
        return CompletableFuture.supplyAsync(() -> timed(layer, name, start, address), threads);
    }

    private <T extends AutoCloseable> T timed(
            Layer layer, String name, Supplier<T> start, Function<T, String> address) {
        progress.begin(name);
        long begun = System.nanoTime();
        try {
            T part = start.get();
            closeLater(layer, part);
            progress.finish(name, Duration.ofNanos(System.nanoTime() - begun), address.apply(part));
            return part;
        } catch (RuntimeException failure) {
            progress.fail(name);
            throw failure;
        }
    }

    /** Has something closed with the rest. */
    void closeLater(AutoCloseable part) {
        closeLater(layer(), part);
    }

    private void closeLater(Layer layer, AutoCloseable part) {
        synchronized (layers) {
            if (!closed) {
                layer.parts.add(part);
                return;
            }
        }
        // It was still on its way when all was closed: nobody else would.
        close(part);
    }

    /** Closes every part. */
    @Override
    public void close() {
        List<Layer> last;
        synchronized (layers) {
            closed = true;
            last = List.copyOf(layers);
            layers.clear();
        }
        for (Layer layer : last) {
            CompletableFuture.allOf(layer.parts.stream()
                            .map(part -> CompletableFuture.runAsync(() -> close(part), threads))
                            .toArray(CompletableFuture[]::new))
                    .join();
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
