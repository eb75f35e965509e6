package dev.orderflow.local.sandbox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What becomes of a request. */
sealed interface SandboxAnswer {

    JsonFactory JSON = new JsonFactory();

    /** When it is carried out. */
    Duration delay();

    /** An answer. */
    final class Content implements SandboxAnswer {

        private final int status;
        private final String type;
        private final byte[] body;
        private final Duration delay;

        private Content(int status, String type, byte[] body, Duration delay) {
            this.status = status;
            this.type = type;
            this.body = body;
            this.delay = delay;
        }

        int status() {
            return status;
        }

        String type() {
            return type;
        }

        byte[] body() {
            return body;
        }

        @Override
        public Duration delay() {
            return delay;
        }

        Content after(Duration pause) {
            return new Content(status, type, body, pause);
        }
    }

    /** No answer: the connection is cut. */
    record Cut(Duration delay) implements SandboxAnswer {}

    /** Writes the members of an object. */
    @FunctionalInterface
    interface Writer {
        void write(JsonGenerator json) throws IOException;
    }

    static Content object(int status, Writer members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(160);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new Content(status, "application/json", bytes.toByteArray(), Duration.ZERO);
    }

    static Content page(String html) {
        return new Content(200, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8), Duration.ZERO);
    }

    static Content error(int status, String error) {
        return object(status, json -> json.writeStringField("error", error));
    }
}
