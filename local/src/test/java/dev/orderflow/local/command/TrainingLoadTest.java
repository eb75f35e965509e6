package dev.orderflow.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.orderflow.local.client.Api;
import dev.orderflow.local.command.TrainingLoad.Size;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingLoadTest {

    @TempDir
    Path home;

    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private volatile int status = 202;
    private HttpServer server;
    private Api api;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/orders", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        api = new Api(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void shouldSendEachOrderAsOftenAsItTakes() throws Exception {
        new TrainingLoad(api, List.of("{\"a\":1}", "{\"b\":2}"), new Size(4, 5, Duration.ofMinutes(1))).run();

        assertThat(received).containsExactlyInAnyOrder("{\"a\":1}", "{\"a\":1}", "{\"a\":1}", "{\"b\":2}", "{\"b\":2}");
    }

    @Test
    void shouldEndWhenTheTimeIsOver() throws Exception {
        new TrainingLoad(api, List.of("{}"), new Size(4, Integer.MAX_VALUE, Duration.ofMillis(50))).run();

        assertThat(received).isNotEmpty();
    }

    @Test
    void shouldSayThatNothingAnswers() {
        server.stop(0);

        assertThatThrownBy(() -> new TrainingLoad(api, List.of("{}"), new Size(4, 1, Duration.ofMinutes(1))).run())
                .isInstanceOf(IOException.class)
                .hasMessage("An order of the training was not taken");
    }

    @Test
    void shouldLearnNothingFromAStackThatTakesNoOrders() {
        status = 503;

        assertThatThrownBy(() -> new TrainingLoad(api, List.of("{}"), new Size(4, 1, Duration.ofMinutes(1))).run())
                .isInstanceOf(IOException.class)
                .hasStackTraceContaining("HTTP 503");
    }

    @Test
    void shouldTakeARefusedOrderForAnAnswer() throws Exception {
        status = 400;

        new TrainingLoad(api, List.of("{}"), new Size(4, 2, Duration.ofMinutes(1))).run();

        assertThat(received).hasSize(2);
    }

    @Test
    void shouldMakeNewOrdersOfTheExamples() throws Exception {
        Path examples = Files.createDirectory(home.resolve("examples"));
        Files.writeString(examples.resolve("orders.ndjson"), """
                {"expect":"confirmed","orderId":"ex-1","userId":"u1"}
                no order
                """);

        assertThat(TrainingLoad.examples(home)).containsExactly("{\"userId\":\"u1\"}", "no order");
    }
}
