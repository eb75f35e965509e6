package dev.orderflow.durable.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.orderflow.durable.PoisonException;
import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.note.Note;
import dev.orderflow.durable.note.Other;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRegistryClientTest {

    private static final Schema SCHEMA = Note.getClassSchema();

    private final Queue<Answer> answers = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private HttpServer server;
    private HttpRegistryClient client;

    private record Answer(int status, String body) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI() + (body.isEmpty() ? "" : " " + body));
            Answer answer = answers.remove();
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        client = HttpRegistryClient.at("http://127.0.0.1:" + server.getAddress().getPort() + "/apis/ccompat/v7/");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void shouldRegisterASchemaOnce() {
        answers.add(new Answer(200, "{\"id\":41}"));

        assertThat(client.register("order.placed-value", SCHEMA)).isEqualTo(41);
        assertThat(client.register("order.placed-value", SCHEMA)).isEqualTo(41);

        assertThat(asked)
                .singleElement()
                .satisfies(request -> assertThat(request)
                        .startsWith(
                                "POST /apis/ccompat/v7/subjects/order.placed-value/versions {\"schema\":\"{\\\"type\\\":")
                        .contains("\\\"Note\\\""));
    }

    @Test
    void shouldNotAskForASchemaThatItHasRegistered() {
        answers.add(new Answer(200, "{\"id\":41}"));

        client.register("order.placed-value", SCHEMA);

        assertThat(client.byId(41)).isEqualTo(SCHEMA);
        assertThat(asked).hasSize(1);
    }

    @Test
    void shouldKnowTheNewestSchemaOfASubject() {
        answers.add(new Answer(
                200,
                "{\"subject\":\"order.placed-value\",\"version\":3,\"id\":7,\"schema\":\""
                        + SCHEMA.toString().replace("\"", "\\\"") + "\"}"));

        assertThat(client.newest("order.placed-value")).hasValue(7);

        assertThat(client.byId(7)).isEqualTo(SCHEMA);
        assertThat(asked).containsExactly("GET /apis/ccompat/v7/subjects/order.placed-value/versions/latest");
    }

    @Test
    void shouldSayThatASubjectIsNew() {
        answers.add(new Answer(404, "{\"error_code\":40401}"));

        assertThat(client.newest("order.placed-value")).isEmpty();
    }

    @Test
    void shouldLookASchemaUpOnce() {
        answers.add(new Answer(
                200,
                "{\"schemaType\":\"AVRO\",\"references\":[],\"schema\":\""
                        + SCHEMA.toString().replace("\"", "\\\"") + "\"}"));

        assertThat(client.byId(7)).isEqualTo(SCHEMA);
        assertThat(client.byId(7)).isEqualTo(SCHEMA);

        assertThat(asked).containsExactly("GET /apis/ccompat/v7/schemas/ids/7");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 400, 422})
    void shouldCallAnUnknownIdPoison(int status) {
        answers.add(new Answer(status, "{\"error_code\":40403,\"message\":\"Schema not found\"}"));

        assertThatExceptionOfType(PoisonException.class)
                .isThrownBy(() -> client.byId(7))
                .withMessageContaining("id 7");
    }

    @Test
    void shouldCallASchemaPoisonThatIsNotAvro() {
        answers.add(new Answer(200, "{\"schemaType\":\"PROTOBUF\",\"schema\":\"syntax = 'proto3';\"}"));

        assertThatExceptionOfType(PoisonException.class).isThrownBy(() -> client.byId(7));
    }

    @Test
    void shouldNotTakeALackOfRightsForPoison() {
        answers.add(new Answer(401, ""));

        assertThatExceptionOfType(TerminalException.class).isThrownBy(() -> client.byId(7));
    }

    @Test
    void shouldSayWhyARegistryRefusesASchema() {
        answers.add(new Answer(409, "{\"error_code\":409,\"message\":\"field total was removed\"}"));

        assertThatExceptionOfType(TerminalException.class)
                .isThrownBy(() -> client.register("notes-value", SCHEMA))
                .withMessageContaining("notes-value")
                .withMessageContaining("HTTP 409")
                .withMessageContaining("field total was removed");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429, 408})
    void shouldAskAgainWhenTheRegistryIsInTrouble(int status) {
        answers.add(new Answer(status, "busy"));
        answers.add(new Answer(status, "busy"));
        answers.add(new Answer(200, "{\"id\":3}"));

        assertThat(client.register("notes-value", Other.getClassSchema())).isEqualTo(3);
        assertThat(asked).hasSize(3);
    }

    @Test
    void shouldLeaveItToTheCallerWhenTheTroubleLasts() {
        answers.add(new Answer(503, "busy"));
        answers.add(new Answer(503, "busy"));
        answers.add(new Answer(503, "still busy"));

        assertThatExceptionOfType(RetriableException.class)
                .isThrownBy(() -> client.byId(9))
                .withMessageContaining("HTTP 503: still busy");
    }

    @Test
    void shouldSayThatARegistryCannotBeReached() {
        server.stop(0);

        assertThatExceptionOfType(RetriableException.class)
                .isThrownBy(() -> client.byId(9))
                .withMessageContaining("http://127.0.0.1:")
                .withMessageContaining("cannot be reached");
    }

    @Test
    void shouldNotTrustAnAnswerThatIsNone() {
        answers.add(new Answer(200, "<html>login</html>"));
        answers.add(new Answer(200, "{\"version\":1}"));

        assertThatExceptionOfType(RetriableException.class).isThrownBy(() -> client.byId(9));
        assertThatExceptionOfType(RetriableException.class)
                .isThrownBy(() -> client.byId(9))
                .withMessageContaining("'schema'");
    }

    @Test
    void shouldRefuseAnAddressWithoutAProtocol() {
        assertThatExceptionOfType(TerminalException.class)
                .isThrownBy(() -> HttpRegistryClient.at("localhost:8081"))
                .withMessageContaining("localhost:8081")
                .withMessageContaining("http://");
    }
}
