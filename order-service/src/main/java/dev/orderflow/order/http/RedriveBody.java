package dev.orderflow.order.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.orderflow.durable.deadletter.DeadLetterId;
import dev.orderflow.order.saga.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request to send dead letters again: {@code {"ids": ["payment-0-17"], "reason": "...", "again": false}}.
 *
 * @param ids which
 * @param reason why; null where nothing is said
 * @param again also those that were sent again before
 * @param faults what is wrong with it
 */
record RedriveBody(List<DeadLetterId> ids, @Nullable String reason, boolean again, List<Fault> faults) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final List<String> FIELDS = List.of("ids", "reason", "again");
    private static final int MOST = 500;
    private static final String IDS =
            "must be an array of ids, such as [\"payment-0-17\"], as /dead-letters lists them";

    /**
     * Reads a body.
     *
     * @throws MalformedJsonException when it is not a JSON object
     */
    static RedriveBody parse(byte[] body) throws MalformedJsonException {
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw MalformedJsonException.of("the body is not a JSON object: send {\"ids\": [\"payment-0-17\"]}");
            }
            return read(json);
        } catch (JsonProcessingException malformed) {
            throw MalformedJsonException.of(malformed);
        } catch (IOException notText) {
            throw MalformedJsonException.of("the body is not in UTF-8");
        }
    }

    private static RedriveBody read(JsonParser json) throws IOException {
        FaultList faults = new FaultList();
        JsonFields fields = new JsonFields(json, faults);
        List<DeadLetterId> ids = new ArrayList<>();
        String reason = null;
        boolean again = false;
        boolean named = false;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "ids" -> {
                    named = true;
                    ids(json, fields, faults, ids);
                }
                case "reason" -> reason = fields.text(name);
                case "again" -> again = again(json, fields, faults);
                default -> {
                    faults.add(name, fields.shown(), "is not known here: use " + String.join(", ", FIELDS));
                    json.skipChildren();
                }
            }
        }
        if (!named) {
            faults.add("ids", null, "is missing: " + IDS);
        } else if ((ids.isEmpty() && faults.isEmpty()) || ids.size() > MOST) {
            faults.add("ids", ids.size() + " ids", "give 1 to " + MOST + " ids");
        }
        ReasonBody.check(reason, faults);
        return new RedriveBody(List.copyOf(ids), reason, again, faults.toList());
    }

    private static void ids(JsonParser json, JsonFields fields, FaultList faults, List<DeadLetterId> ids)
            throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            faults.add("ids", fields.shown(), IDS);
            json.skipChildren();
            return;
        }
        for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
            String field = "ids[" + i + "]";
            String text = fields.text(field);
            if (text != null) {
                DeadLetterId.parse(text)
                        .ifPresentOrElse(
                                ids::add,
                                () -> faults.add(field, text, "is no id of a dead letter: write it as payment-0-17"));
            }
        }
    }

    private static boolean again(JsonParser json, JsonFields fields, FaultList faults) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE, VALUE_NULL -> false;
            default -> {
                faults.add("again", fields.shown(), "must be true or false");
                json.skipChildren();
                yield false;
            }
        };
    }
}
