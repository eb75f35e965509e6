package dev.orderflow.local.sandbox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The members of a flat JSON object, as text, with those that nobody has asked for. Not for use by several threads. */
final class Members {

    private static final JsonFactory JSON = new JsonFactory();

    private final Map<String, String> values;
    private final Set<String> unread;

    private Members(Map<String, String> values) {
        this.values = values;
        this.unread = new TreeSet<>(values.keySet());
    }

    /** @throws BadRequest when the bytes are not one JSON object; empty bytes are one without members */
    static Members of(byte[] body) throws IOException {
        Map<String, String> values = new HashMap<>();
        if (body.length == 0) {
            return new Members(values);
        }
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new BadRequest("Send one JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (json.nextToken().isScalarValue()) {
                    if (json.currentToken() != JsonToken.VALUE_NULL) {
                        values.put(name, json.getText());
                    }
                } else {
                    json.skipChildren();
                }
            }
            return new Members(values);
        } catch (JsonProcessingException notJson) {
            throw new BadRequest("Not JSON: " + notJson.getOriginalMessage());
        }
    }

    String text(String name, String otherwise) {
        unread.remove(name);
        return values.getOrDefault(name, otherwise);
    }

    String required(String name) {
        String value = text(name, "");
        if (value.isEmpty()) {
            throw new BadRequest(name + " is missing");
        }
        return value;
    }

    boolean flag(String name, boolean otherwise) {
        String value = text(name, Boolean.toString(otherwise));
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new BadRequest(name + " must be true or false, and is " + value);
        };
    }

    double number(String name, double otherwise, double least, double most) {
        String value = text(name, "");
        if (value.isEmpty()) {
            return otherwise;
        }
        try {
            double number = Double.parseDouble(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw new BadRequest(name + " must be a number, and is " + value);
        }
        throw new BadRequest(name + " must be from " + least + " to " + most + ", and is " + value);
    }

    long minorUnits(String name) {
        String value = required(name);
        try {
            long amount = Long.parseLong(value);
            if (amount >= 0) {
                return amount;
            }
        } catch (NumberFormatException notAnInteger) {
            throw new BadRequest(name + " must be an integer in minor units, and is " + value);
        }
        throw new BadRequest(name + " must not be negative, and is " + value);
    }

    void refuseUnread() {
        if (!unread.isEmpty()) {
            throw new BadRequest("There is no setting " + String.join(", ", unread));
        }
    }
}
