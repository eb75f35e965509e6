package dev.orderflow.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpLoadTest {

    private static final Pattern ORDER_ID = Pattern.compile("\"orderId\":\"([^\"]+)\"");
    private static final Duration TIME = Duration.ofMillis(500);

    private final Set<String> ids = ConcurrentHashMap.newKeySet();
    private HttpServer server;
    private HttpLoad load;

    private interface Answer {
        void to(HttpExchange exchange, int number) throws IOException, InterruptedException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 100);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        load = new HttpLoad(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), new OrderMix("t", 2));
    }

    @AfterEach
    void stop() {
        load.close();
        server.stop(0);
    }

    @Test
    void shouldSendEachOrderOnceAndTellItsOutcome() throws Exception {
        serve((exchange, number) -> answer(exchange, 200, number % 4 == 0 ? "cancelled" : "confirmed"));

        Outcomes outcomes = run(new Shape.Closed(8));

        assertThat(outcomes.finished())
                .isPositive()
                .isEqualTo(outcomes.orders())
                .isEqualTo(ids.size());
        assertThat(outcomes.confirmed()).isPositive();
        assertThat(outcomes.cancelled()).isPositive();
        assertThat(outcomes.failures()).isEmpty();
        assertThat(outcomes.micros().getTotalCount()).isEqualTo(outcomes.finished());
    }

    @Test
    void shouldCountWhatHasNoOutcomeAsFailed() throws Exception {
        serve((exchange, number) -> {
            if (number % 3 == 0) {
                exchange.close();
            } else {
                answer(exchange, number % 3 == 1 ? 202 : 200, number % 3 == 1 ? "" : "confirmed");
            }
        });

        Outcomes outcomes = run(new Shape.Closed(4));

        assertThat(outcomes.confirmed()).isPositive();
        assertThat(outcomes.failed()).isPositive().isEqualTo(outcomes.orders() - outcomes.finished());
        assertThat(outcomes.failures().keySet()).anyMatch(why -> why.startsWith("HTTP 202"));
        assertThat(outcomes.unfinished()).isZero();
    }

    @Test
    void shouldTimeAnOpenLoopFromWhenAnOrderWasToBeSent() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        serve((exchange, number) -> {
            // Nobody is answered in the first half: those that were to be sent in it have waited from then on.
            open.await(30, TimeUnit.SECONDS);
            answer(exchange, 200, "confirmed");
        });
        Thread.ofVirtual().start(() -> {
            awaitFirst();
            open.countDown();
        });

        Outcomes outcomes = run(new Shape.Open(200));

        assertThat(outcomes.confirmed()).isEqualTo(100).isEqualTo(outcomes.orders());
        assertThat(outcomes.skipped()).isZero();
        // Sent every 5 ms while nothing was answered: about half of them, each 5 ms less late than the one before.
        assertThat(outcomes.micros().getMaxValue()).isGreaterThan(TIME.toMillis() * 1_000 / 2);
        assertThat(outcomes.micros().getValueAtPercentile(75)).isGreaterThan(50_000);
    }

    private void awaitFirst() {
        // The first 60 orders are due within 300 ms; they are all there before one is answered.
        while (ids.size() < 60) {
            Thread.onSpinWait();
        }
    }

    private Outcomes run(Shape shape) throws Exception {
        return load.start(shape, 0, TIME).get(60, TimeUnit.SECONDS);
    }

    private void serve(Answer answer) {
        server.createContext("/orders", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Matcher id = ORDER_ID.matcher(body);
            assertThat(id.find()).isTrue();
            assertThat(exchange.getRequestHeaders().getFirst("Prefer")).isEqualTo("wait=30, return=minimal");
            ids.add(id.group(1));
            try {
                answer.to(exchange, Integer.parseInt(id.group(1).substring(2)));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void answer(HttpExchange exchange, int status, String outcome) throws IOException {
        byte[] body = "{\"orderId\":\"x\",\"status\":\"any\",\"outcome\":\"%s\",\"rest\":\"%s\"}"
                .formatted(outcome, "z".repeat(2_000))
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }
}
