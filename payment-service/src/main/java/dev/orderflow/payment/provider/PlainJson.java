package dev.orderflow.payment.provider;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The JSON of the plain API: flat objects, and one list of them. */
final class PlainJson {

    /** Calls run on virtual threads, each of which would make its own buffers, 10 KB of them, for one use. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
            .build();

    private PlainJson() {}

    /** An object with these members, in this order: the same bytes whenever it is written again. */
    static byte[] object(Object... namesAndValues) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(160);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            for (int i = 0; i < namesAndValues.length; i += 2) {
                json.writeFieldName((String) namesAndValues[i]);
                if (namesAndValues[i + 1] instanceof Long number) {
                    json.writeNumber(number);
                } else {
                    json.writeString(String.valueOf(namesAndValues[i + 1]));
                }
            }
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** The texts, numbers and booleans of an object, as text; what is nested in it is passed over. */
    static Map<String, String> members(byte[] body) throws IOException {
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("Not a JSON object");
            }
            return members(json);
        }
    }

    /** The objects in the list named {@code data}, with the other members beside it. */
    static Page page(byte[] body) throws IOException {
        try (JsonParser json = JSON.createParser(body)) {
            List<Map<String, String>> data = new ArrayList<>();
            Map<String, String> members = new HashMap<>();
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("Not a JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (json.nextToken() == JsonToken.START_ARRAY && "data".equals(name)) {
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        data.add(members(json));
                    }
                } else {
                    member(json, name, members);
                }
            }
            return new Page(data, members);
        }
    }

    record Page(List<Map<String, String>> data, Map<String, String> members) {}

    private static Map<String, String> members(JsonParser json) throws IOException {
        Map<String, String> members = new HashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            member(json, name, members);
        }
        return members;
    }

    private static void member(JsonParser json, String name, Map<String, String> members) throws IOException {
        if (json.currentToken().isScalarValue()) {
            if (json.currentToken() != JsonToken.VALUE_NULL) {
                members.put(name, json.getText());
            }
        } else {
            json.skipChildren();
        }
    }
}
