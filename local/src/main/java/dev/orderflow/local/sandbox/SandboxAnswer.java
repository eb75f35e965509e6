package dev.orderflow.local.sandbox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** What becomes of a request. */
sealed interface SandboxAnswer {

    JsonFactory JSON = new JsonFactory();

    /** When it is carried out. */
    Duration delay();

    /** An answer. */
    final class Json implements SandboxAnswer {

        private final int status;
        private final byte[] body;
        private final Duration delay;

        private Json(int status, byte[] body, Duration delay) {
            this.status = status;
            this.body = body;
            this.delay = delay;
        }

        int status() {
            return status;
        }

        byte[] body() {
            return body;
        }

        @Override
        public Duration delay() {
            return delay;
        }

        Json after(Duration pause) {
            return new Json(status, body, pause);
        }
    }

    /** No answer: the connection is cut. */
    record Cut(Duration delay) implements SandboxAnswer {}

    /** Writes the members of an object. */
    @FunctionalInterface
    interface Writer {
        void write(JsonGenerator json) throws IOException;
    }

    static Json object(int status, Writer members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(160);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new Json(status, bytes.toByteArray(), Duration.ZERO);
    }

    static Json error(int status, String error) {
        return object(status, json -> json.writeStringField("error", error));
    }
}
