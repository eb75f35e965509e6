package dev.orderflow.local.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Orderflow's HTTP API as a command sees it. Safe for use by several threads. */
public final class Api {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int ERRORS = 400;
    private static final Duration ANSWER = Duration.ofSeconds(90);

    private final String base;

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
                String message = fault.path("message").asText();
                if (text.indexOf(message) < 0 || !fault.path("field").asText().isEmpty()) {
                    text.append("\n  ").append(subject(fault)).append(message);
                }
            }
            return text.toString();
        }

        /** What a fault is about: a field with its value, a field that is missing, or the request as a whole. */
        private static String subject(JsonNode fault) {
            String field = fault.path("field").asText();
            String value = fault.path("value").asText();
            if (field.isEmpty()) {
                return "";
            }
            return value.isEmpty() || value.equals("null") ? field + ": " : field + " = " + value + ": ";
        }
    }

    /** @param url where Orderflow is served, such as {@code http://127.0.0.1:8080} */
    public Api(URI url) {
        String text = url.toString();
        this.base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /**
     * Fails where nothing answers.
     *
     * @throws CommandException with what to do about it
     */
    public void reach() {
        get("/health/liveness");
    }

    /** Gets a path. */
    public Answer get(String path) {
        try {
            return answer(open(path));
        } catch (IOException unreachable) {
            throw unreachable(unreachable);
        }
    }

    /** Posts JSON to a path. */
    public Answer post(String path, String json) {
        try {
            return send(open(path), json);
        } catch (IOException unreachable) {
            throw unreachable(unreachable);
        }
    }

    /**
     * Posts an order and waits for its outcome, so many seconds at most.
     *
     * @param whole whether to be told the whole order, and not its outcome only
     */
    public Answer order(String json, long waitSeconds, boolean whole) throws IOException {
        HttpURLConnection request = open("/orders");
        request.setRequestProperty("Prefer", "wait=" + waitSeconds + (whole ? "" : ", return=minimal"));
        return send(request, json);
    }

    /** Where it is served, for messages. */
    public String base() {
        return base;
    }

    /** The plain client of the JDK: for thousands of orders it takes half the processor time of the newer one. */
    private HttpURLConnection open(String path) throws IOException {
        HttpURLConnection request =
                (HttpURLConnection) URI.create(base + path).toURL().openConnection();
        request.setConnectTimeout(Math.toIntExact(CONNECT.toMillis()));
        request.setReadTimeout(Math.toIntExact(ANSWER.toMillis()));
        request.setRequestProperty("Accept", "application/json");
        return request;
    }

    private static Answer send(HttpURLConnection request, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        request.setRequestMethod("POST");
        request.setRequestProperty("Content-Type", "application/json");
        request.setDoOutput(true);
        request.setFixedLengthStreamingMode(body.length);
        try (OutputStream out = request.getOutputStream()) {
            out.write(body);
        }
        return answer(request);
    }

    private static Answer answer(HttpURLConnection request) throws IOException {
        int status = request.getResponseCode();
        try (InputStream in = status >= ERRORS ? request.getErrorStream() : request.getInputStream()) {
            return new Answer(status, in == null ? JSON.missingNode() : parse(in.readAllBytes()));
        }
    }

    private CommandException unreachable(IOException cause) {
        return new CommandException("Nothing answers at " + base + " (" + cause
                + "): start it with ./orderflow up, or name another address with --url.");
    }

    private static JsonNode parse(byte[] body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException noJson) {
            return JSON.missingNode();
        }
    }
}
