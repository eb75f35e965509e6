package dev.orderflow.bench.load;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Orders at fixed times, on as many connections as that takes. */
@SuppressWarnings("FutureReturnValueIgnored") // what is scheduled books its own failures
final class OpenHttpRun extends HttpRun {

    private static final int FIRST_CONNECTIONS = 16;
    private static final int MOST_IN_FLIGHT = 4_000;

    private final int perSecond;
    private final Set<HttpConnection> connections = new LinkedHashSet<>();
    private final Deque<HttpConnection> idle = new ArrayDeque<>();
    private final Deque<Long> waiting = new ArrayDeque<>();
    private long issued;
    private int opening;

    OpenHttpRun(
            EventLoop loop,
            IntFunction<String> requests,
            int first,
            Function<Exchange, CompletableFuture<HttpConnection>> connector,
            int perSecond) {
        super(loop, requests, first, connector);
        this.perSecond = perSecond;
    }

    @Override
    CompletableFuture<?> connectFirst() {
        CompletableFuture<?>[] opened = new CompletableFuture<?>[FIRST_CONNECTIONS];
        for (int i = 0; i < FIRST_CONNECTIONS; i++) {
            opened[i] = connect().thenAcceptAsync(this::opened, loop());
        }
        return CompletableFuture.allOf(opened);
    }

    @Override
    void begin() {
        tick();
    }

    @Override
    int waiting() {
        return waiting.size();
    }

    @Override
    void closeAll() {
        connections.forEach(HttpConnection::close);
    }

    @Override
    public void answered(HttpConnection connection, int status, String head, long intendedAt) {
        book(status, head, intendedAt);
        use(connection);
    }

    @Override
    public void lost(HttpConnection connection, boolean inFlight, String why) {
        if (inFlight) {
            bookLost(why);
        }
        connections.remove(connection);
        idle.remove(connection);
    }

    private void tick() {
        long now = System.nanoTime();
        while (due(issued) <= now && due(issued) < endAt()) {
            issue(due(issued++));
        }
        if (due(issued) < endAt()) {
            loop().schedule(this::tick, due(issued) - now, TimeUnit.NANOSECONDS);
        }
    }

    private long due(long index) {
        return startedAt() + index * TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    private void issue(long intendedAt) {
        HttpConnection connection = idle.poll();
        if (connection != null) {
            send(connection, intendedAt);
        } else if (inFlight() + waiting.size() >= MOST_IN_FLIGHT) {
            outcomes().notSent();
        } else {
            waiting.add(intendedAt);
            open();
        }
    }

    private void open() {
        if (opening >= waiting.size()) {
            return;
        }
        opening++;
        connect()
                .whenCompleteAsync(
                        (connection, failure) -> {
                            opening--;
                            if (connection != null) {
                                opened(connection);
                            } else if (waiting.poll() != null) {
                                outcomes().sent();
                                outcomes().failed("no connection: " + failure);
                            }
                        },
                        loop());
    }

    private void opened(HttpConnection connection) {
        connections.add(connection);
        use(connection);
    }

    private void use(HttpConnection connection) {
        Long intendedAt = waiting.poll();
        if (intendedAt != null) {
            send(connection, intendedAt);
        } else {
            idle.push(connection);
        }
    }
}
