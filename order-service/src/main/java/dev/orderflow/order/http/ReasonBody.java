package dev.orderflow.order.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.orderflow.order.saga.Fault;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request about an order, which may be left out: {@code {"reason": "..."}}.
 *
 * @param faults what is wrong with it
 */
record ReasonBody(@Nullable String reason, List<Fault> faults) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String REASON = "reason";
    private static final int LONGEST = 500;

    /**
     * Reads a body.
     *
     * @throws MalformedJsonException when it is neither empty nor a JSON object
     */
    static ReasonBody parse(byte[] body) throws MalformedJsonException {
        FaultList faults = new FaultList();
        String reason = null;
        try (JsonParser json = JSON.createParser(body)) {
            JsonToken first = json.nextToken();
            if (first == null) {
                return new ReasonBody(null, List.of());
            }
            if (first != JsonToken.START_OBJECT) {
                throw MalformedJsonException.of("the body is not a JSON object: send {\"reason\": \"...\"} or nothing");
            }
            JsonFields fields = new JsonFields(json, faults);
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals(REASON)) {
                    reason = fields.text(name);
                } else {
                    fields.unknown(name, name, List.of(REASON));
                }
            }
        } catch (JsonProcessingException malformed) {
            throw MalformedJsonException.of(malformed);
        } catch (IOException notText) {
            throw MalformedJsonException.of("the body is not in UTF-8");
        }
        check(reason, faults);
        return new ReasonBody(reason, faults.toList());
    }

    /** Notes what is wrong with a reason, which may be left out. */
    static void check(@Nullable String reason, FaultList faults) {
        if (reason != null && (reason.length() > LONGEST || reason.chars().anyMatch(Character::isISOControl))) {
            faults.add(REASON, reason, "give at most " + LONGEST + " characters, none of them a control character");
        }
    }
}
