package dev.orderflow.durable.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An error as it is told over HTTP: all that is wrong at once, each fault with field, value and remedy.
 *
 * @param status the HTTP status code
 * @param title the kind of problem, the same for all of its kind
 * @param detail what happened here, and what to do
 * @param errors every fault found; may be empty
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
public record Problem(int status, String title, String detail, List<Fault> errors) {

    /** The media type of a problem. */
    public static final MediaType MEDIA_TYPE = MediaType.of("application/problem+json");

    private static final JsonFactory JSON = new JsonFactory();

    /**
     * One thing that is wrong.
     *
     * @param field its path, such as {@code items[0].price}
     * @param value what was there, shortened
     * @param message what is wrong with it, and the remedy
     */
    public record Fault(String field, String value, String message) {}

    public Problem {
        errors = List.copyOf(errors);
    }

    /** A problem without faults of single fields. */
    public static Problem of(HttpStatus status, String detail) {
        return new Problem(status.getCode(), status.getReason(), detail, List.of());
    }

    /** The problem as {@code application/problem+json}. */
    public byte[] toJson() {
        // By way of a text: it turns half a character, which a client may send or shortening leave, into a question
        // mark,
        // where writing bytes at once fails.
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("type", "about:blank");
            json.writeStringField("title", title);
            json.writeNumberField("status", status);
            json.writeStringField("detail", detail);
            if (!errors.isEmpty()) {
                json.writeArrayFieldStart("errors");
                for (Fault fault : errors) {
                    json.writeStartObject();
                    json.writeStringField("field", fault.field());
                    json.writeStringField("value", fault.value());
                    json.writeStringField("message", fault.message());
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The problem as a response. */
    public MutableHttpResponse<byte[]> toResponse() {
        return HttpResponse.<byte[]>status(HttpStatus.valueOf(status))
                .body(toJson())
                .contentType(MEDIA_TYPE);
    }
}
