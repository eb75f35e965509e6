package dev.orderflow.analytics.pipes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.analytics.clickhouse.ClickHouse;
import dev.orderflow.analytics.clickhouse.ClickHouseSettings;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PipesControllerTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ClickHouse AWAY = new ClickHouse(
            new ClickHouseSettings("http://127.0.0.1:1", "orderflow", "default", "", Duration.ofSeconds(2)));

    private static EmbeddedServer server;

    @BeforeAll
    static void start() {
        ApplicationContext context = ApplicationContext.builder()
                .properties(Map.of("micronaut.server.port", -1, "micronaut.server.host", "127.0.0.1"))
                .singletons(new Pipes(AWAY, topics -> new Coverage(Map.of(), OptionalLong.empty())))
                .start();
        server = context.getBean(EmbeddedServer.class).start();
    }

    @AfterAll
    static void stop() {
        server.close();
        AWAY.close();
        HTTP.close();
    }

    @Test
    void shouldListPipesWithTheirParameters() throws Exception {
        HttpResponse<String> response = get("/v0/pipes");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.body())
                .contains("\"name\":\"revenue_dashboard\"", "\"url\":\"/v0/pipes/revenue_dashboard.json\"")
                .contains("\"name\":\"hours\",\"type\":\"UInt16\",\"default\":\"24\"");
    }

    @Test
    void shouldSayThatThereIsNoSuchPipe() throws Exception {
        HttpResponse<String> response = get("/v0/pipes/revenu.json");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body())
                .isEqualTo(
                        "{\"error\":\"there is no pipe 'revenu'; there is 'revenue_dashboard', 'top_products', 'order_funnel',"
                                + " 'order_latency', 'failed_steps'\",\"documentation\":\"/v0/pipes\"}");
    }

    @Test
    void shouldSayThatThereIsNoSuchEnding() throws Exception {
        HttpResponse<String> response = get("/v0/pipes/revenue_dashboard.xml");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("'.json', '.csv', '.csvwithnames', '.ndjson'");
    }

    @Test
    void shouldRefuseABadParameter() throws Exception {
        HttpResponse<String> response = get("/v0/pipes/revenue_dashboard.json?hours=many");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.body())
                .isEqualTo("{\"error\":\"parameter 'hours' is 'many'; it must be a whole number from 1 to 8784\","
                        + "\"documentation\":\"/v0/pipes\"}");
    }

    @Test
    void shouldSayThatTheDatabaseIsAway() throws Exception {
        HttpResponse<String> response = get("/v0/pipes/revenue_dashboard.json");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).startsWith("{\"error\":\"the analytics database is away");
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(server.getURI().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
