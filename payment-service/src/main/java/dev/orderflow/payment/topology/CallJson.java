package dev.orderflow.payment.topology;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
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

    /** Calls run on virtual threads, each of which would make its own buffers, 10 KB of them, for one use. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
            .build();

    /** Named when the id of the order was all there was to it: stored calls are read by newer versions. */
    private static final String PAYMENT = "orderId";

    private CallJson() {}

    static String write(ProviderCall call) {
        StringWriter text = new StringWriter(160);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            switch (call) {
                case ProviderCall.Charge(String paymentId, int attempt, Bill bill) -> {
                    begin(json, "charge", paymentId, attempt);
                    json.writeStringField("userId", bill.userId());
                    json.writeStringField("paymentMethodId", bill.paymentMethodId());
                    write(json, bill.amount());
                }
                case ProviderCall.Refund(String paymentId, Capture capture) -> {
                    begin(json, "refund", paymentId, capture.attempt());
                    json.writeStringField("chargeId", capture.chargeId());
                    write(json, capture.amount());
                }
                case ProviderCall.Confirm(String paymentId, int attempt, String chargeId) -> {
                    begin(json, "confirm", paymentId, attempt);
                    json.writeStringField("chargeId", chargeId);
                }
                case ProviderCall.LookUp(String paymentId, int attempts, String opened, boolean close) -> {
                    begin(json, "look-up", paymentId, attempts);
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
        String paymentId = member(members, PAYMENT);
        int attempt = Integer.parseInt(member(members, "attempt"));
        return switch (member(members, "call")) {
            case "charge" ->
                new ProviderCall.Charge(
                        paymentId,
                        attempt,
                        new Bill(member(members, "userId"), member(members, "paymentMethodId"), amount(members)));
            case "refund" ->
                new ProviderCall.Refund(paymentId, new Capture(attempt, member(members, "chargeId"), amount(members)));
            case "confirm" -> new ProviderCall.Confirm(paymentId, attempt, member(members, "chargeId"));
            case "look-up" ->
                new ProviderCall.LookUp(
                        paymentId, attempt, members.get("opened"), Boolean.parseBoolean(members.get("close")));
            default ->
                throw new IllegalStateException(
                        "A newer version has stored a call to the provider: run that one, or a newer one: " + text);
        };
    }

    private static void begin(JsonGenerator json, String call, String paymentId, int attempt) throws IOException {
        json.writeStringField("call", call);
        json.writeStringField(PAYMENT, paymentId);
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
