package dev.orderflow.order.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.settings.Settings;
import dev.orderflow.order.view.Views;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayTest {

    @Test
    void shouldSendOnWhatOtherServicesServe() throws IOException {
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] echo = (exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                            + exchange.getRequestHeaders().getFirst("Idempotency-Key") + " "
                            + exchange.getRequestHeaders().getOrDefault("Sec-Fetch-Site", List.of()) + " " + body)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("X-From", "service");
            exchange.sendResponseHeaders(418, echo.length);
            exchange.getResponseBody().write(echo);
            exchange.close();
        });
        service.start();
        URI address = URI.create("http://127.0.0.1:" + service.getAddress().getPort());
        Gateway gateway = Gateway.from(Settings.of(Map.of("gateway.inventory", address.toString())));
        try (ApiServer server = new ApiServer(Views.CREATED, gateway)) {
            HttpResponse<String> answer =
                    server.web.post("/stock/adjustments?a=b%20c", "[{\"delta\":1}]", "Idempotency-Key", "k");

            assertThat(answer.statusCode()).isEqualTo(418);
            assertThat(answer.headers().firstValue("X-From")).contains("service");
            assertThat(answer.body()).isEqualTo("POST /stock/adjustments?a=b%20c k [] [{\"delta\":1}]");
            assertThat(server.web.get("/stock/main/mug").body()).isEqualTo("GET /stock/main/mug null [] ");
            assertThat(server.web
                            .post("/stock/adjustments", "", "Sec-Fetch-Site", "same-origin")
                            .body())
                    .as("looked at here, and not once more")
                    .isEqualTo("POST /stock/adjustments null [] ");
            assertThat(server.web
                            .post("/stock/adjustments", "", "Sec-Fetch-Site", "cross-site")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(server.web.get("/loyalty/u1").statusCode()).isEqualTo(404);
        } finally {
            service.stop(0);
        }
    }

    @Test
    void shouldSayWhichServiceDoesNotAnswer() {
        Gateway gateway = Gateway.from(Settings.of(Map.of("gateway.analytics", "http://127.0.0.1:1")));
        try (ApiServer server = new ApiServer(Views.CREATED, gateway)) {
            HttpResponse<String> answer = server.web.get("/v0/pipes/revenue_dashboard.json");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(answer.body()).contains("127.0.0.1:1");
        }
    }

    @Test
    void shouldForwardNothingWhereNothingIsSet() {
        assertThat(Gateway.from(Settings.of(Map.of())).targets()).isEmpty();
    }

    @Test
    void shouldReadEverySetting() {
        Gateway gateway = Gateway.from(Settings.of(Map.of(
                "gateway.inventory", "http://127.0.0.1:1",
                "gateway.loyalty", "http://127.0.0.1:2",
                "gateway.analytics", "http://127.0.0.1:3",
                "gateway.payment", "http://127.0.0.1:4",
                "gateway.notification", "https://mail.example:5")));

        assertThat(gateway.target("/stock/main/mug")).contains(URI.create("http://127.0.0.1:1"));
        assertThat(gateway.target("/loyalty")).contains(URI.create("http://127.0.0.1:2"));
        assertThat(gateway.target("/v0/pipes/x.json")).contains(URI.create("http://127.0.0.1:3"));
        assertThat(gateway.target("/payments/o-1")).contains(URI.create("http://127.0.0.1:4"));
        assertThat(gateway.target("/mailbox")).contains(URI.create("https://mail.example:5"));
        assertThat(gateway.target("/orders")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8081", "ftp://host", "http://", "not an address"})
    void shouldRefuseWhatIsNoAddress(String address) {
        assertThatThrownBy(() -> Gateway.from(Settings.of(Map.of("gateway.payment", address))))
                .isInstanceOf(TerminalException.class)
                .hasMessageContaining("gateway.payment=" + address);
    }
}
