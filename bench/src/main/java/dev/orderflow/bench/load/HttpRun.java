package dev.orderflow.bench.load;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Orders going out and coming back, on one event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // what is scheduled books its own failures
abstract class HttpRun implements Exchange {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final String CONFIRMED = "\"outcome\":\"confirmed\"";
    private static final String CANCELLED = "\"outcome\":\"cancelled\"";
    private static final int OK = 200;
    private static final int SHOWN = 120;

    private final EventLoop loop;
    private final IntFunction<String> requests;
    private final Function<Exchange, CompletableFuture<HttpConnection>> connector;
    private final CompletableFuture<Outcomes> done = new CompletableFuture<>();
    private int next;
    private int inFlight;
    private long startedAt;
    private long endAt;
    private Outcomes outcomes = new Outcomes(0);

    /**
     * @param requests the whole request of an order, by its number
     * @param connector opens a connection
     */
    HttpRun(
            EventLoop loop,
            IntFunction<String> requests,
            int first,
            Function<Exchange, CompletableFuture<HttpConnection>> connector) {
        this.loop = loop;
        this.requests = requests;
        this.next = first;
        this.connector = connector;
    }

    /** Begins to send, on the event loop. */
    abstract void begin();

    CompletableFuture<Outcomes> start(Duration time) {
        loop.execute(() -> begin(time));
        return done;
    }

    void begin(Duration time) {
        connectFirst()
                .whenCompleteAsync(
                        (connected, failure) -> {
                            if (failure != null) {
                                done.completeExceptionally(failure);
                                return;
                            }
                            startedAt = System.nanoTime();
                            endAt = startedAt + time.toNanos();
                            outcomes = new Outcomes(startedAt);
                            begin();
                            loop.schedule(this::finish, time.toNanos(), TimeUnit.NANOSECONDS);
                        },
                        loop);
    }

    /** Opens what must be open before the clock starts. */
    abstract CompletableFuture<?> connectFirst();

    /** Closes all connections. */
    abstract void closeAll();

    final CompletableFuture<HttpConnection> connect() {
        return connector.apply(this);
    }

    final void later(Runnable task, Duration delay) {
        loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    final EventLoop loop() {
        return loop;
    }

    final Outcomes outcomes() {
        return outcomes;
    }

    final long startedAt() {
        return startedAt;
    }

    final boolean isOver() {
        return System.nanoTime() - endAt >= 0;
    }

    final long endAt() {
        return endAt;
    }

    final int inFlight() {
        return inFlight;
    }

    final void send(HttpConnection connection, long intendedAt) {
        inFlight++;
        outcomes.sent();
        connection.send(requests.apply(next++), intendedAt);
    }

    /** Books an answer; false where it was none that an order may end with. */
    final boolean book(int status, String head, long intendedAt) {
        inFlight--;
        if (status == OK && head.contains(CONFIRMED)) {
            outcomes.done(true, intendedAt, System.nanoTime());
            return true;
        }
        if (status == OK && head.contains(CANCELLED)) {
            outcomes.done(false, intendedAt, System.nanoTime());
            return true;
        }
        outcomes.failed("HTTP " + status + " " + head.substring(0, Math.min(head.length(), SHOWN)));
        return false;
    }

    final void bookLost(String why) {
        inFlight--;
        outcomes.failed(why);
    }

    /** Orders that are due and wait for a connection. */
    int waiting() {
        return 0;
    }

    private void finish() {
        boolean givenUp = System.nanoTime() - endAt > PATIENCE.toNanos();
        if (inFlight + waiting() > 0 && !givenUp) {
            later(this::finish, LOOK);
            return;
        }
        outcomes.unfinished(inFlight + waiting());
        closeAll();
        done.complete(outcomes);
    }
}
