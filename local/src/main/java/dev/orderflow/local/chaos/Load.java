package dev.orderflow.local.chaos;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Places orders over HTTP as a shop would: each until it is taken, with the same id, whatever happens to the stack. Safe
 * for use by several threads.
 */
final class Load implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Load.class);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    /** One that is refused now comes again soon, and one that has waited for long less often: many may wait. */
    private static final long FIRST_PAUSE_NANOS = 50_000_000L;

    private static final long LONGEST_PAUSE_NANOS = 1_000_000_000L;
    private static final int MOST_AT_ONCE = 1_000;
    /** An order that is not dispatched yet cannot be refunded yet. */
    private static final int REQUEST_TRIES = 12;

    private final URI address;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER)
            .build();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore slots = new Semaphore(MOST_AT_ONCE);
    private final Set<String> taken = ConcurrentHashMap.newKeySet();
    private final AtomicInteger underWay = new AtomicInteger();

    Load(URI address) {
        this.address = address;
    }

    /** Begins to place an order, and returns; waits where too many are not taken yet. */
    void place(ChaosOrder order) {
        slots.acquireUninterruptibly();
        underWay.incrementAndGet();
        workers.execute(() -> {
            try {
                if (post("/orders", order.json(), Integer.MAX_VALUE) && order.twice()) {
                    post("/orders", order.json(), Integer.MAX_VALUE);
                }
                taken.add(order.id());
            } finally {
                slots.release();
            }
            try {
                ask(order);
            } finally {
                underWay.decrementAndGet();
            }
        });
    }

    private void ask(ChaosOrder order) {
        if (order.request() == ChaosOrder.Request.NONE) {
            return;
        }
        LockSupport.parkNanos(Duration.ofMillis(order.requestAfterMillis()).toNanos());
        String verb = order.request() == ChaosOrder.Request.CANCEL ? "cancel" : "refund";
        post("/orders/" + order.id() + "/" + verb, "{\"reason\":\"chaos\"}", REQUEST_TRIES);
    }

    /** Whether it was taken; an answer that will not change ends it, too. */
    private boolean post(String path, String json, int tries) {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", path + json.hashCode())
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        long pause = FIRST_PAUSE_NANOS;
        for (int left = tries; left > 0 && !workers.isShutdown(); left--) {
            try {
                // The time-out of a request is lost now and then when the other side is killed: it would wait for ever.
                int status = http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                        .get(2 * ANSWER.toMillis(), TimeUnit.MILLISECONDS)
                        .statusCode();
                if (status < 300) {
                    return true;
                }
                if (status < 500 && status != 429 && status != 404 && status != 409) {
                    return false;
                }
            } catch (ExecutionException | TimeoutException unreachable) {
                LOG.trace("Part of the plan: it is sent again, with the same id", unreachable);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return false;
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
        }
        return false;
    }

    /** The ids of all orders that were taken. */
    Set<String> taken() {
        return taken;
    }

    /** Whether every order was taken, and everything was asked. */
    boolean isDone() {
        return underWay.get() == 0;
    }

    @Override
    public void close() {
        workers.shutdownNow();
        http.shutdownNow();
    }
}
