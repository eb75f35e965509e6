package dev.orderflow.payment.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.orderflow.durable.http.Problem.Fault;
import dev.orderflow.events.PaymentWebhook;
import dev.orderflow.events.WebhookStatus;
import dev.orderflow.payment.payment.AttemptKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads a notification of the sandbox, and finds every fault of it at once. Members that are not known are passed over. */
final class WebhookParser {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern ORDER_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private WebhookParser() {}

    static Parsed parse(String provider, byte[] body, Instant now) {
        List<Fault> faults = new ArrayList<>();
        Map<String, String> members = members(body, faults);
        if (!faults.isEmpty()) {
            return new Parsed(null, faults);
        }
        String id = required(members, "id", faults);
        String orderId = required(members, "orderId", faults);
        String key = required(members, "idempotencyKey", faults);
        String status = required(members, "status", faults);
        if (!orderId.isEmpty() && !ORDER_ID.matcher(orderId).matches()) {
            faults.add(new Fault("orderId", orderId, "Must be 1 to 64 letters, digits, dots, underscores or hyphens"));
        } else if (!key.isEmpty() && AttemptKey.read(orderId, key).isEmpty()) {
            faults.add(new Fault(
                    "idempotencyKey",
                    key,
                    "Must be the key of a charge of this order, such as " + AttemptKey.charge(orderId, 1)));
        }
        if (!faults.isEmpty()) {
            return new Parsed(null, faults);
        }
        return new Parsed(
                new PaymentWebhook(
                        orderId,
                        provider,
                        id,
                        key,
                        statusOf(status),
                        members.get("chargeId"),
                        members.get("reason"),
                        now),
                faults);
    }

    /** What is not known here is kept all the same: it makes payment ask the provider. */
    private static WebhookStatus statusOf(String status) {
        return switch (status) {
            case "succeeded" -> WebhookStatus.SUCCEEDED;
            case "failed", "declined" -> WebhookStatus.FAILED;
            case "canceled" -> WebhookStatus.CANCELED;
            case "refunded" -> WebhookStatus.REFUNDED;
            default -> WebhookStatus.UNKNOWN;
        };
    }

    private static String required(Map<String, String> members, String name, List<Fault> faults) {
        String value = members.getOrDefault(name, "");
        if (value.isEmpty()) {
            faults.add(new Fault(name, "", "Missing"));
        }
        return value;
    }

    private static Map<String, String> members(byte[] body, List<Fault> faults) {
        Map<String, String> members = new HashMap<>();
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                faults.add(new Fault("", "", "Send one JSON object"));
                return members;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (json.nextToken() == JsonToken.VALUE_STRING) {
                    members.put(name, json.getText());
                } else {
                    json.skipChildren();
                }
            }
        } catch (JsonProcessingException notJson) {
            faults.add(new Fault("", "", "Not JSON: " + notJson.getOriginalMessage()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return members;
    }
}
