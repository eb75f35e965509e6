package dev.orderflow.bench.load;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.IntFunction;

/** So many clients with a connection each, which send their next order when they have the answer to the last. */
@SuppressWarnings("FutureReturnValueIgnored") // what is scheduled books its own failures
final class ClosedHttpRun extends HttpRun {

    private static final Duration AFTER_FAILURE = Duration.ofMillis(20);

    private final int clients;
    private final Set<HttpConnection> connections = new LinkedHashSet<>();

    ClosedHttpRun(
            EventLoop loop,
            IntFunction<String> requests,
            int first,
            Function<Exchange, CompletableFuture<HttpConnection>> connector,
            int clients) {
        super(loop, requests, first, connector);
        this.clients = clients;
    }

    @Override
    CompletableFuture<?> connectFirst() {
        CompletableFuture<?>[] opening = new CompletableFuture<?>[clients];
        for (int i = 0; i < clients; i++) {
            opening[i] = connect().thenAcceptAsync(connections::add, loop());
        }
        return CompletableFuture.allOf(opening);
    }

    @Override
    void begin() {
        List.copyOf(connections).forEach(this::next);
    }

    @Override
    void closeAll() {
        connections.forEach(HttpConnection::close);
    }

    @Override
    public void answered(HttpConnection connection, int status, String head, long intendedAt) {
        if (book(status, head, intendedAt)) {
            next(connection);
        } else {
            later(() -> next(connection), AFTER_FAILURE);
        }
    }

    @Override
    public void lost(HttpConnection connection, boolean inFlight, String why) {
        if (inFlight) {
            bookLost(why);
        }
        connections.remove(connection);
        if (!isOver()) {
            later(this::replace, AFTER_FAILURE);
        }
    }

    private void next(HttpConnection connection) {
        if (!isOver() && connections.contains(connection)) {
            send(connection, System.nanoTime());
        }
    }

    private void replace() {
        connect()
                .whenCompleteAsync(
                        (connection, failure) -> {
                            if (connection != null) {
                                connections.add(connection);
                                next(connection);
                            } else if (!isOver()) {
                                later(this::replace, AFTER_FAILURE);
                            }
                        },
                        loop());
    }
}
