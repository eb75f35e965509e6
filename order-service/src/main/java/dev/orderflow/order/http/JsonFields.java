package dev.orderflow.order.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import dev.orderflow.durable.NameGuess;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads single values of a JSON document, and notes what is not what it should be. Not thread-safe. */
final class JsonFields {

    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");

    private final JsonParser json;
    private final FaultList faults;

    JsonFields(JsonParser json, FaultList faults) {
        this.json = json;
        this.faults = faults;
    }

    /** The current value as a text; null where it is null, or none. */
    @Nullable
    String text(String field) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_STRING) {
            String text = json.getText();
            if (hasHalfCharacter(text)) {
                faults.add(field, null, "has half a character (an unpaired surrogate) in it: send UTF-8");
                return null;
            }
            return text;
        }
        if (token != JsonToken.VALUE_NULL) {
            faults.add(field, shown(), "must be a text in quotes");
            json.skipChildren();
        }
        return null;
    }

    /** The current value as a whole number that fits into 64 bits; empty, and noted, where it is none. */
    OptionalLong whole(String field, String missing) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_NUMBER_INT) {
            try {
                return OptionalLong.of(json.getLongValue());
            } catch (InputCoercionException tooLarge) {
                faults.add(field, json.getText(), "is too large: give at most " + Long.MAX_VALUE);
                return OptionalLong.empty();
            }
        }
        if (token == JsonToken.VALUE_NULL) {
            faults.add(field, null, missing);
        } else if (token == JsonToken.VALUE_STRING
                && WHOLE.matcher(json.getText()).matches()) {
            faults.add(field, '"' + json.getText() + '"', "is a text: write " + json.getText() + " without quotes");
        } else {
            faults.add(field, shown(), "must be a whole number");
        }
        json.skipChildren();
        return OptionalLong.empty();
    }

    /** Passes over the value of a field that nobody knows. Names that begin with {@code x-} are the sender's own. */
    void unknown(String path, String name, List<String> known) throws IOException {
        if (!name.startsWith("x-")) {
            String remedy = NameGuess.of(name, known)
                    .map(guess -> "did you mean " + guess + "?")
                    .orElse("use one of " + String.join(", ", known) + ", or begin its name with x-");
            faults.add(path, shown(), "is not a field of an order: " + remedy);
        }
        json.skipChildren();
    }

    /** The current value, as it is shown in a fault. */
    String shown() throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return "{...}";
        }
        if (token == JsonToken.START_ARRAY) {
            return "[...]";
        }
        return token == JsonToken.VALUE_STRING ? '"' + json.getText() + '"' : json.getText();
    }

    private static boolean hasHalfCharacter(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }
}
