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
 * @param declined why it was declined; empty when it was captured, or waits
 * @param pending whether it waits for a person
 * @param refunded whether it was paid back since
 */
record Charge(
        String key,
        String chargeId,
        String orderId,
        long amount,
        String currency,
        String declined,
        boolean pending,
        boolean refunded) {

    private static final JsonFactory JSON = new JsonFactory();

    boolean isCaptured() {
        return declined.isEmpty() && !pending;
    }

    String status() {
        return pending ? "pending" : isCaptured() ? "succeeded" : "declined";
    }

    boolean isOf(String otherOrder, long otherAmount, String otherCurrency) {
        return orderId.equals(otherOrder) && amount == otherAmount && currency.equals(otherCurrency);
    }

    /** This charge as it was written, with what has become of it. */
    Charge now(Standing standing) {
        return switch (standing) {
            case AS_WRITTEN -> this;
            case REFUNDED -> new Charge(key, chargeId, orderId, amount, currency, "", false, true);
            case APPROVED -> new Charge(key, chargeId, orderId, amount, currency, "", false, false);
            case REJECTED -> new Charge(key, chargeId, orderId, amount, currency, "not_approved", false, false);
            case CANCELED -> new Charge(key, chargeId, orderId, amount, currency, "canceled", false, false);
        };
    }

    void writeMembers(JsonGenerator json) throws IOException {
        json.writeStringField("key", key);
        json.writeStringField("chargeId", chargeId);
        json.writeStringField("orderId", orderId);
        json.writeNumberField("amount", amount);
        json.writeStringField("currency", currency);
        json.writeStringField("status", status());
        if (!declined.isEmpty()) {
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
                members.text("status", "").equals("pending"),
                false);
    }
}
