package dev.orderflow.durable.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.durable.TerminalException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceHostTest {

    private static final SwitchedService SERVICE = new SwitchedService();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static ServiceHost host;

    @BeforeAll
    static void start() {
        PrometheusMeterRegistry meters = ServiceMain.meters();
        meters.counter("notes.sent").increment(3);
        host = ServiceHost.start("127.0.0.1", 0, List.of(SERVICE), meters);
    }

    @AfterAll
    static void stop() {
        host.close();
        CLIENT.close();
    }

    @BeforeEach
    void reset() {
        SERVICE.ready = true;
        SERVICE.alive = true;
    }

    @Test
    void shouldBeReadyOnlyWhenItsServicesAre() throws Exception {
        assertThat(host.isReady()).isTrue();
        HttpResponse<String> up = get("/health/readiness");
        assertThat(up.statusCode()).isEqualTo(200);
        assertThat(up.body()).contains("\"status\":\"UP\"").contains("\"notes\":\"ready is true\"");

        SERVICE.ready = false;

        assertThat(host.isReady()).isFalse();
        HttpResponse<String> down = get("/health/readiness");
        assertThat(down.statusCode()).isEqualTo(503);
        assertThat(down.body()).contains("\"status\":\"DOWN\"").contains("\"notes\":\"ready is false\"");
        assertThat(get("/health/liveness").statusCode())
                .as("what is not ready need not be started anew")
                .isEqualTo(200);
    }

    @Test
    void shouldSayWhichServiceMustBeStartedAnew() throws Exception {
        assertThat(get("/health/liveness").statusCode()).isEqualTo(200);

        SERVICE.alive = false;

        HttpResponse<String> dead = get("/health/liveness");
        assertThat(dead.statusCode()).isEqualTo(503);
        assertThat(dead.body()).contains("notes");
    }

    @Test
    void shouldDoNothingThatAPageOfAnotherSiteAsksFor() throws Exception {
        String own = "http://" + host.address().getAuthority();
        assertThat(post("/notes/none")).as("no browser").isEqualTo(404);
        assertThat(post("/notes/none", "Sec-Fetch-Site", "same-origin")).isEqualTo(404);
        assertThat(post("/notes/none", "Origin", own)).isEqualTo(404);

        assertThat(post("/notes/none", "Sec-Fetch-Site", "cross-site")).isEqualTo(403);
        assertThat(post("/notes/none", "Sec-Fetch-Site", "same-site", "Origin", own))
                .isEqualTo(403);
        assertThat(post("/notes/none", "Origin", "https://elsewhere.example")).isEqualTo(403);
        assertThat(post("/notes/none", "Origin", "null")).isEqualTo(403);
        assertThat(post("/notes/open", "Sec-Fetch-Site", "cross-site"))
                .as("a service may let others ask")
                .isEqualTo(404);
        assertThat(send(request("/health/readiness")
                                .header("Sec-Fetch-Site", "cross-site")
                                .GET()
                                .build())
                        .statusCode())
                .as("changes nothing, and cannot be read there")
                .isEqualTo(200);
    }

    private static int post(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).POST(HttpRequest.BodyPublishers.ofString("{}"));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build()).statusCode();
    }

    @Test
    void shouldServeItsMetrics() throws Exception {
        HttpResponse<String> metrics = get("/prometheus");

        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
        assertThat(metrics.body()).contains("notes_sent_total 3.0").contains("jvm_memory_used_bytes");
    }

    @Test
    void shouldTellErrorsAsProblems() throws Exception {
        assertProblem(get("/no/such/path"), 404);
        assertThat(get("/no/such/path").body()).contains("There is no path /no/such/path");
        assertProblem(send(request("/prometheus").DELETE().build()), 405);
        assertProblem(
                send(request("/notes")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[ServiceHost.MAX_BODY_BYTES + 1]))
                        .build()),
                413);
    }

    @Test
    void shouldTakeABodyOfTheLargestSize() throws Exception {
        HttpResponse<String> response = send(request("/notes")
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[ServiceHost.MAX_BODY_BYTES]))
                .build());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("1048576");
    }

    @Test
    void shouldSayThatItsPortIsTaken() {
        assertThatExceptionOfType(TerminalException.class)
                .isThrownBy(() -> ServiceHost.start("127.0.0.1", host.port(), List.of(), ServiceMain.meters()))
                .withMessageContaining("Port " + host.port() + " of 127.0.0.1")
                .withMessageContaining("http.port");
    }

    private static void assertProblem(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(response.body())
                .startsWith("{\"type\":\"about:blank\",\"title\":\"")
                .contains("\"status\":" + status);
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET().build());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(host.address().resolve(path));
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
