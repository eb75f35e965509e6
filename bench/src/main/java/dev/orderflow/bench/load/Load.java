package dev.orderflow.bench.load;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A way in for orders. One run at a time. */
public interface Load extends AutoCloseable {

    /**
     * Begins to send, and returns at once.
     *
     * @param first number of the first order; each next one has one more
     * @param time how long orders are sent; those under way then are waited for
     * @return what came of it, when the last order has its outcome
     */
    CompletableFuture<Outcomes> start(Shape shape, int first, Duration time);

    @Override
    void close();
}
