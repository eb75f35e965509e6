package dev.orderflow.local.sandbox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A charge as it stands in the ledger.
 *
 * @param key the idempotency key it came with
 * @param declined why it was declined; empty when it was captured
 * @param refunded whether it was paid back since
 */
record Charge(
        String key, String chargeId, String orderId, long amount, String currency, String declined, boolean refunded) {

    private static final JsonFactory JSON = new JsonFactory();

    boolean isCaptured() {
        return declined.isEmpty();
    }

    String status() {
        return isCaptured() ? "succeeded" : "declined";
    }

    boolean isOf(String otherOrder, long otherAmount, String otherCurrency) {
        return orderId.equals(otherOrder) && amount == otherAmount && currency.equals(otherCurrency);
    }

    Charge paidBack() {
        return new Charge(key, chargeId, orderId, amount, currency, declined, true);
    }

    void writeMembers(JsonGenerator json) throws IOException {
        json.writeStringField("key", key);
        json.writeStringField("chargeId", chargeId);
        json.writeStringField("orderId", orderId);
        json.writeNumberField("amount", amount);
        json.writeStringField("currency", currency);
        json.writeStringField("status", status());
        if (!isCaptured()) {
            json.writeStringField("error", declined);
        }
        json.writeBooleanField("refunded", refunded);
    }

    byte[] toJson() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(200);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            writeMembers(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** The line of the ledger, as it was written. */
    static Charge read(byte[] line) throws IOException {
        Members members = Members.of(line);
        return new Charge(
                members.required("key"),
                members.required("chargeId"),
                members.required("orderId"),
                members.minorUnits("amount"),
                members.text("currency", ""),
                members.text("error", ""),
                false);
    }
}
