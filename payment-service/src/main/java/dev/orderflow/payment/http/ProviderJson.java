package dev.orderflow.payment.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.orderflow.durable.effect.Effect;
import dev.orderflow.durable.http.Problem.Fault;
import dev.orderflow.payment.control.PauseSwitch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What ops send and get, as JSON. */
final class ProviderJson {

    private static final JsonFactory JSON = new JsonFactory();

    private ProviderJson() {}

    /** A reason that was read, or what is wrong with it. */
    record Reason(@Nullable String text, @Nullable Fault fault) {}

    /** Writes the members of an object. */
    @FunctionalInterface
    private interface Writer {
        void write(JsonGenerator json) throws IOException;
    }

    /** The reason in {@code {"reason": "..."}}; none in an empty body. */
    static Reason reason(byte[] body, int longest) {
        if (body.length == 0) {
            return new Reason(null, null);
        }
        String reason = null;
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return new Reason(null, new Fault("", "", "Send {\"reason\": \"...\"}, or no body"));
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (!name.equals("reason") || (value != JsonToken.VALUE_STRING && value != JsonToken.VALUE_NULL)) {
                    return new Reason(null, new Fault(name, json.getText(), "Send {\"reason\": \"...\"}, or no body"));
                }
                reason = value == JsonToken.VALUE_NULL ? null : json.getText();
            }
        } catch (JsonProcessingException notJson) {
            return new Reason(null, new Fault("", "", "Not JSON: " + notJson.getOriginalMessage()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return reason != null && reason.length() > longest
                ? new Reason(
                        null,
                        new Fault("reason", reason.substring(0, 40), "Must have at most " + longest + " characters"))
                : new Reason(reason, null);
    }

    static byte[] provider(ProviderApi api, PauseSwitch.State state) {
        return object(json -> {
            Instant changedAt = state.changedAt();
            json.writeStringField("provider", api.pause.provider());
            json.writeBooleanField("paused", state.paused());
            json.writeStringField("reason", state.reason());
            json.writeStringField("changedAt", changedAt == null ? null : changedAt.toString());
            json.writeNumberField("callsAtOnce", api.callsAtOnce);
            json.writeNumberField("rate", api.rate);
        });
    }

    /** @param calls may be one more than {@code limit}, to tell that there are more */
    static byte[] queue(List<Effect> calls, int limit, @Nullable String pause) {
        return object(json -> {
            json.writeStringField("paused", pause);
            json.writeArrayFieldStart("calls");
            for (Effect call : calls.subList(0, Math.min(limit, calls.size()))) {
                json.writeStartObject();
                json.writeStringField(
                        "orderId", call.key().substring(0, call.key().indexOf(':')));
                json.writeStringField("key", call.key());
                json.writeStringField("since", call.startedAt().toString());
                json.writeNumberField("tries", call.tries());
                json.writeStringField("notBefore", call.nextTry().toString());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeBooleanField("hasMore", calls.size() > limit);
        });
    }

    private static byte[] object(Writer members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
