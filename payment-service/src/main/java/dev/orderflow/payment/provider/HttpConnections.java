package dev.orderflow.payment.provider;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keep-alive connections to one origin, for blocking calls on virtual threads. A request is one write, so that it costs a
 * third of what the JDK's client takes (decision 0016). Only for requests that may be
 * repeated: one that meets a connection which the other side has just closed is sent again on a new one. Safe for use by
 * several threads.
 */
final class HttpConnections implements AutoCloseable {

    private static final long LONGEST_IDLE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final HttpOrigin origin;
    private final LongSupplier nanos;
    private final ConcurrentLinkedDeque<Idle> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    /** A connection that waits for its next request, and since when. */
    private record Idle(HttpConnection connection, long since) {}

    HttpConnections(HttpOrigin origin) {
        this(origin, System::nanoTime);
    }

    /** @param nanos tells how long a connection has been idle; the deadlines of requests are by {@link System#nanoTime} */
    HttpConnections(HttpOrigin origin, LongSupplier nanos) {
        this.origin = origin;
        this.nanos = nanos;
    }

    /**
     * Sends a request and reads its answer. Nothing is sent when {@code timeout} is over.
     *
     * @param path with the query, if any
     * @param body JSON; empty for none
     */
    HttpAnswer exchange(String method, String path, Map<String, String> headers, byte[] body, Duration timeout)
            throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        byte[] request = request(method, path, headers, body);
        HttpConnection used = pollFresh();
        if (used != null) {
            try {
                return exchange(used, request, deadline);
            } catch (SocketTimeoutException late) {
                throw late;
            } catch (IOException failure) {
                if (used.isAnswering()) {
                    throw failure;
                }
            }
        }
        return exchange(HttpConnection.open(origin, deadline), request, deadline);
    }

    private HttpAnswer exchange(HttpConnection connection, byte[] request, long deadline) throws IOException {
        boolean done = false;
        try {
            HttpAnswer answer = connection.exchange(request, deadline);
            done = connection.isReusable();
            return answer;
        } finally {
            if (done && !closed) {
                idle.addFirst(new Idle(connection, nanos.getAsLong()));
                dropStale();
            } else {
                connection.close();
            }
        }
    }

    /** The one that was used last, closing those that are too old: a firewall may have forgotten them without a word. */
    private @Nullable HttpConnection pollFresh() {
        for (Idle next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
            if (!isStale(next)) {
                return next.connection();
            }
            next.connection().close();
        }
        return null;
    }

    private void dropStale() {
        Idle oldest = idle.peekLast();
        if (oldest != null && isStale(oldest) && idle.removeLastOccurrence(oldest)) {
            oldest.connection().close();
        }
    }

    private boolean isStale(Idle waiting) {
        return nanos.getAsLong() - waiting.since() > LONGEST_IDLE_NANOS;
    }

    private byte[] request(String method, String path, Map<String, String> headers, byte[] body) {
        StringBuilder head = new StringBuilder(256)
                .append(method)
                .append(' ')
                .append(origin.path())
                .append(path)
                .append(" HTTP/1.1\r\nHost: ")
                .append(origin.authority())
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (body.length > 0) {
            head.append("Content-Type: application/json\r\n");
        }
        // Without a length, some servers answer a POST with 411, though its body is empty (RFC 9110, 8.6).
        if (body.length > 0 || method.equals("POST")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        head.append("\r\n");
        byte[] bytes = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] request = new byte[bytes.length + body.length];
        System.arraycopy(bytes, 0, request, 0, bytes.length);
        System.arraycopy(body, 0, request, bytes.length, body.length);
        return request;
    }

    @Override
    public void close() {
        closed = true;
        for (Idle next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
            next.connection().close();
        }
    }
}
