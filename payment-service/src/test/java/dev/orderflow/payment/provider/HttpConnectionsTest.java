package dev.orderflow.payment.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpConnectionsTest {

    private static final String OK = FaultyServer.json(200, "{}");

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final FaultyServer server = new FaultyServer(OK, OK, OK);
    private final HttpConnections connections =
            new HttpConnections(HttpOrigin.parse("payment.url", server.url()), nanos::get);

    @AfterEach
    void close() {
        connections.close();
        server.close();
    }

    @Test
    void shouldUseAConnectionAgainThatWasIdleForALittleWhile() throws IOException {
        get();
        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        get();
        assertThat(server.connections).hasSize(1);
    }

    @Test
    void shouldNeverUseAConnectionAgainThatWasIdleForTooLong() throws IOException {
        get();
        nanos.addAndGet(Duration.ofSeconds(30).toNanos() + 1);
        get();
        assertThat(server.connections).as("the old one and a new one").hasSize(2);
        get();
        assertThat(server.connections).as("the new one stays").hasSize(2);
    }

    private void get() throws IOException {
        HttpAnswer answer = connections.exchange("GET", "/", Map.of(), new byte[0], Duration.ofSeconds(5));
        assertThat(answer.status()).isEqualTo(200);
    }
}
