package dev.orderflow.payment.topology;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.orderflow.payment.payment.Amount;
import dev.orderflow.payment.payment.Bill;
import dev.orderflow.payment.payment.Capture;
import dev.orderflow.payment.payment.ProviderCall;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** A call to the provider as the payload of its effect: the same call gives the same text. */
final class CallJson {

    private static final JsonFactory JSON = new JsonFactory();

    private CallJson() {}

    static String write(ProviderCall call) {
        StringWriter text = new StringWriter(160);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            switch (call) {
                case ProviderCall.Charge(String orderId, int attempt, Bill bill) -> {
                    begin(json, "charge", orderId, attempt);
                    json.writeStringField("userId", bill.userId());
                    json.writeStringField("paymentMethodId", bill.paymentMethodId());
                    write(json, bill.amount());
                }
                case ProviderCall.Refund(String orderId, Capture capture) -> {
                    begin(json, "refund", orderId, capture.attempt());
                    json.writeStringField("chargeId", capture.chargeId());
                    write(json, capture.amount());
                }
                case ProviderCall.Confirm(String orderId, int attempt, String chargeId) -> {
                    begin(json, "confirm", orderId, attempt);
                    json.writeStringField("chargeId", chargeId);
                }
                case ProviderCall.LookUp(String orderId, int attempts, String opened, boolean close) -> {
                    begin(json, "look-up", orderId, attempts);
                    if (opened != null) {
                        json.writeStringField("opened", opened);
                    }
                    json.writeBooleanField("close", close);
                }
            }
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    static ProviderCall read(String text) {
        Map<String, String> members = members(text);
        String orderId = member(members, "orderId");
        int attempt = Integer.parseInt(member(members, "attempt"));
        return switch (member(members, "call")) {
            case "charge" ->
                new ProviderCall.Charge(
                        orderId,
                        attempt,
                        new Bill(member(members, "userId"), member(members, "paymentMethodId"), amount(members)));
            case "refund" ->
                new ProviderCall.Refund(orderId, new Capture(attempt, member(members, "chargeId"), amount(members)));
            case "confirm" -> new ProviderCall.Confirm(orderId, attempt, member(members, "chargeId"));
            case "look-up" ->
                new ProviderCall.LookUp(
                        orderId, attempt, members.get("opened"), Boolean.parseBoolean(members.get("close")));
            default ->
                throw new IllegalStateException(
                        "A newer version has stored a call to the provider: run that one, or a newer one: " + text);
        };
    }

    private static void begin(JsonGenerator json, String call, String orderId, int attempt) throws IOException {
        json.writeStringField("call", call);
        json.writeStringField("orderId", orderId);
        json.writeNumberField("attempt", attempt);
    }

    private static void write(JsonGenerator json, Amount amount) throws IOException {
        json.writeNumberField("minor", amount.minor());
        json.writeStringField("currency", amount.currency());
    }

    private static Amount amount(Map<String, String> members) {
        return new Amount(Long.parseLong(member(members, "minor")), member(members, "currency"));
    }

    private static String member(Map<String, String> members, String name) {
        String value = members.get(name);
        if (value == null) {
            throw new IllegalStateException("A stored call to the provider has no " + name + ": " + members);
        }
        return value;
    }

    private static Map<String, String> members(String text) {
        Map<String, String> members = new HashMap<>();
        try (JsonParser json = JSON.createParser(text)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                members.put(name, json.getText());
            }
        } catch (IOException broken) {
            throw new UncheckedIOException("A stored call to the provider cannot be read: " + text, broken);
        }
        return members;
    }
}
