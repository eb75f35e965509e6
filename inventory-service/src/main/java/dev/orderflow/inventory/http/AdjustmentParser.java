package dev.orderflow.inventory.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.orderflow.durable.http.Problem.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads adjustments from JSON, and finds every fault of a body at once. One body only; not for use by several threads. */
final class AdjustmentParser {

    /** The most adjustments that one body may have. */
    static final int MAX_ADJUSTMENTS = 10_000;

    private static final int MAX_SHOWN = 64;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    /** What was read: the adjustments count only if there are no faults. */
    record Parsed(List<AdjustmentRequest> adjustments, List<Fault> faults) {}

    private final String defaultLocation;
    private final List<AdjustmentRequest> adjustments = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final Map<String, AdjustmentRequest> byId = new HashMap<>();

    private AdjustmentParser(String defaultLocation) {
        this.defaultLocation = defaultLocation;
    }

    /**
     * Reads one adjustment or an array of them.
     *
     * @param defaultLocation for those that name none
     */
    static Parsed parse(byte[] body, String defaultLocation) {
        var parser = new AdjustmentParser(defaultLocation);
        try (JsonParser json = JSON.createParser(body)) {
            parser.body(json);
        } catch (JsonProcessingException e) {
            parser.fault(
                    "",
                    "",
                    "Not JSON: " + e.getOriginalMessage() + " (line "
                            + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")");
        } catch (IOException e) {
            throw new UncheckedIOException("Reading from memory failed", e);
        }
        return new Parsed(List.copyOf(parser.adjustments), List.copyOf(parser.faults));
    }

    private void body(JsonParser json) throws IOException {
        JsonToken first = json.nextToken();
        if (first == JsonToken.START_OBJECT) {
            adjustment(json, "");
        } else if (first == JsonToken.START_ARRAY) {
            int index = 0;
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (index == MAX_ADJUSTMENTS) {
                    fault("", "", "More than " + MAX_ADJUSTMENTS + " adjustments; send the rest in another request");
                    return;
                }
                element(json, index);
                index++;
            }
            if (index == 0) {
                fault("", "[]", "No adjustments; send at least one");
            }
        } else {
            fault("", first == null ? "" : shown(json), "Send one adjustment as an object, or an array of them");
            return;
        }
        if (json.nextToken() != null) {
            fault("", shown(json), "There is more behind the end of the JSON value; send one array");
        }
    }

    private void element(JsonParser json, int index) throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            adjustment(json, "[" + index + "].");
        } else {
            fault("[" + index + "]", shown(json), "An adjustment is an object");
            json.skipChildren();
        }
    }

    private void adjustment(JsonParser json, String path) throws IOException {
        int before = faults.size();
        String location = defaultLocation;
        String productId = null;
        String adjustmentId = null;
        Long delta = null;
        boolean deltaSeen = false;
        boolean productSeen = false;
        boolean idSeen = false;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "location" -> {
                    String given =
                            json.currentToken() == JsonToken.VALUE_NULL ? defaultLocation : id(json, path + name);
                    location = given == null ? defaultLocation : given;
                }
                case "productId" -> {
                    productSeen = true;
                    productId = id(json, path + name);
                }
                case "adjustmentId" -> {
                    idSeen = true;
                    adjustmentId = id(json, path + name);
                }
                case "delta" -> {
                    deltaSeen = true;
                    delta = delta(json, path + name);
                }
                default -> {
                    fault(
                            path + name,
                            shown(json),
                            "Unknown; an adjustment has location, productId, delta, adjustmentId");
                    json.skipChildren();
                }
            }
        }
        missing(productSeen, path + "productId");
        missing(deltaSeen, path + "delta");
        missing(idSeen, path + "adjustmentId");
        if (faults.size() == before && productId != null && delta != null && adjustmentId != null) {
            add(new AdjustmentRequest(location, productId, delta, adjustmentId), path);
        }
    }

    private void add(AdjustmentRequest adjustment, String path) {
        var earlier = byId.putIfAbsent(adjustment.location() + "/" + adjustment.adjustmentId(), adjustment);
        if (earlier != null && !earlier.equals(adjustment)) {
            fault(
                    path + "adjustmentId",
                    adjustment.adjustmentId(),
                    "Used above for product " + earlier.productId() + " by " + earlier.delta()
                            + "; give each adjustment an id of its own");
            return;
        }
        adjustments.add(adjustment);
    }

    private @Nullable String id(JsonParser json, String field) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            fault(field, shown(json), "Must be text in quotes: " + Ids.RULE);
            json.skipChildren();
            return null;
        }
        String id = json.getText();
        if (!Ids.valid(id)) {
            fault(field, shown(json), "Must be " + Ids.RULE);
            return null;
        }
        return id;
    }

    private @Nullable Long delta(JsonParser json, String field) throws IOException {
        switch (json.currentToken()) {
            case VALUE_NUMBER_INT -> {
                if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                    fault(field, shown(json), "Too large: at most " + Long.MAX_VALUE);
                    return null;
                }
                long delta = json.getLongValue();
                if (delta == 0) {
                    fault(field, "0", "Changes nothing; leave the adjustment out");
                    return null;
                }
                return delta;
            }
            case VALUE_NUMBER_FLOAT ->
                fault(
                        field,
                        shown(json),
                        "Pieces are counted whole; send an integer such as 3 or -3, without point or exponent");
            case VALUE_STRING -> fault(field, shown(json), "Must be a number; send it without quotes");
            default -> {
                fault(field, shown(json), "Must be an integer, positive for what came and negative for what went");
                json.skipChildren();
            }
        }
        return null;
    }

    private void missing(boolean seen, String field) {
        if (!seen) {
            fault(field, "", "Missing");
        }
    }

    private void fault(String field, String value, String message) {
        faults.add(new Fault(field, value, message));
    }

    private static String shown(JsonParser json) throws IOException {
        String text = json.getText();
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
    }
}
