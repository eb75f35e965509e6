package dev.orderflow.local.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Orderflow's HTTP API as a command sees it. Safe for use by several threads. */
public final class Api {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(90);

    private final String base;
    private final HttpClient http;

    /** An answer: its status and its JSON, which is missing where the body is none. */
    public record Answer(int status, JsonNode body) {

        /** The text of a member, or nothing where it is missing or null. */
        public String text(String name) {
            return body.path(name).isNull() ? "" : body.path(name).asText();
        }

        /** What a problem says, with each of its faults on a line. */
        public String problem() {
            StringBuilder text = new StringBuilder("HTTP " + status + ": " + text("detail"));
            for (JsonNode fault : body.path("errors")) {
                text.append("\n  ")
                        .append(fault.path("field").asText())
                        .append(" = ")
                        .append(fault.path("value").asText())
                        .append(": ")
                        .append(fault.path("message").asText());
            }
            return text.toString();
        }
    }

    /** @param url where Orderflow is served, such as {@code http://127.0.0.1:8080} */
    public Api(URI url) {
        String text = url.toString();
        this.base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build();
    }

    /** Gets a path. */
    public Answer get(String path) {
        return send(request(path).GET().build());
    }

    /** Posts JSON to a path. */
    public Answer post(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    /**
     * Posts an order and waits for its outcome, so many seconds at most.
     *
     * @param whole whether to be told the whole order, and not its outcome only
     */
    public Answer order(String json, long waitSeconds, boolean whole) throws IOException {
        return sendOnce(request("/orders")
                .header("Content-Type", "application/json")
                .header("Prefer", "wait=" + waitSeconds + (whole ? "" : ", return=minimal"))
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    /** Where it is served, for messages. */
    public String base() {
        return base;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(ANSWER);
    }

    private Answer send(HttpRequest request) {
        try {
            return sendOnce(request);
        } catch (IOException unreachable) {
            throw new CommandException("Nothing answers at " + base + " (" + unreachable
                    + "): start it with ./orderflow up, or name another address with --url.");
        }
    }

    private Answer sendOnce(HttpRequest request) throws IOException {
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), parse(response.body()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CommandException("Interrupted");
        }
    }

    private static JsonNode parse(byte[] body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException noJson) {
            return JSON.missingNode();
        }
    }
}
