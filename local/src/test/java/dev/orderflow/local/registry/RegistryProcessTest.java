package dev.orderflow.local.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.local.process.ChildStartException;
import dev.orderflow.local.process.LoopbackPort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryProcessTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    @BeforeAll
    static void makeArchive() throws InterruptedException {
        RegistryArchive archive = new RegistryArchive(RegistryInstallation.locate());
        archive.make();
        assertThat(archive.exists()).isTrue();
    }

    @AfterAll
    static void closeClient() {
        HTTP.close();
    }

    @Test
    void shouldGiveTheSameIdsAfterKill() throws Exception {
        try (RegistryProcess registry = start(0)) {
            assertThat(register(registry, "orders-value", schema("a", "int")).body())
                    .isEqualTo("{\"id\":1}");
            assertThat(register(registry, "stock-value", schema("b", "int")).body())
                    .isEqualTo("{\"id\":2}");
            registry.kill();
            registry.onExit().get(10, TimeUnit.SECONDS);
        }
        Path leftover = Files.writeString(directory.resolve("tmp/leftover"), "of the run that was killed");

        try (RegistryProcess again = start(0)) {
            assertThat(get(again, "/schemas/ids/2").body()).contains("\\\"name\\\":\\\"b\\\"");
            assertThat(register(again, "orders-value", schema("a", "int")).body())
                    .isEqualTo("{\"id\":1}");
            assertThat(register(again, "points-value", schema("c", "int")).body())
                    .isEqualTo("{\"id\":3}");
            assertThat(leftover).doesNotExist();
        }
    }

    @Test
    void shouldRefuseAnIncompatibleSchema() throws Exception {
        try (RegistryProcess registry = start(0)) {
            register(registry, "orders-value", schema("a", "int"));
            send(registry, "PUT", "/config/orders-value", "{\"compatibility\":\"FULL_TRANSITIVE\"}");

            assertThat(register(registry, "orders-value", schema("other", "int"))
                            .statusCode())
                    .isEqualTo(409);
            assertThat(get(registry, "/subjects/orders-value/versions").body()).isEqualTo("[1]");
        }
    }

    @Test
    void shouldListenOnTheGivenPortAndNoOther() throws Exception {
        int port = LoopbackPort.free();

        try (RegistryProcess registry = start(port)) {
            assertThat(registry.url()).isEqualTo("http://127.0.0.1:" + port + "/apis/ccompat/v7");
            assertThat(log()).contains("Listening on: http://127.0.0.1:" + port).doesNotContain("Management interface");
        }
    }

    @Test
    void shouldSayWhyItDoesNotStart() throws Exception {
        Files.writeString(directory.resolve("registry.mv.db"), "this is no database");

        assertThatThrownBy(() -> start(0))
                .isInstanceOf(ChildStartException.class)
                .hasMessageContaining("schema registry")
                .hasMessageContaining(directory.resolve("registry.log").toString());
    }

    private RegistryProcess start(int port) throws InterruptedException {
        return RegistryProcess.start(RegistryInstallation.locate(), directory, port, directory.resolve("registry.log"));
    }

    private String log() throws IOException {
        return Files.readString(directory.resolve("registry.log"));
    }

    private static String schema(String field, String type) {
        String schema = "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"%s\",\"type\":\"%s\"}]}"
                .formatted(field, type);
        return "{\"schema\":\"" + schema.replace("\"", "\\\"") + "\"}";
    }

    private static HttpResponse<String> register(RegistryProcess registry, String subject, String body)
            throws IOException, InterruptedException {
        return send(registry, "POST", "/subjects/" + subject + "/versions", body);
    }

    private static HttpResponse<String> get(RegistryProcess registry, String path)
            throws IOException, InterruptedException {
        return send(registry, "GET", path, "");
    }

    private static HttpResponse<String> send(RegistryProcess registry, String method, String path, String body)
            throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(registry.url() + path))
                        .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
