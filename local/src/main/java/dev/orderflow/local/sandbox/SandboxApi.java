package dev.orderflow.local.sandbox;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.orderflow.local.sandbox.SandboxAnswer.Cut;
import dev.orderflow.local.sandbox.SandboxAnswer.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Answers requests by the ledger and the settings in force. Safe for use by several threads. */
final class SandboxApi {

    private static final int PAGE = 1_000;
    private static final int LARGEST_PAGE = 10_000;

    private final Ledger ledger;
    private final Instant since;
    private final LongAdder chargeCalls = new LongAdder();
    private final LongAdder duplicateCalls = new LongAdder();
    private final LongAdder outageRejected = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder refundCalls = new LongAdder();
    private final LongAdder lookUps = new LongAdder();
    private volatile SandboxSettings settings = SandboxSettings.DEFAULTS;

    SandboxApi(Ledger ledger, Instant since) {
        this.ledger = ledger;
        this.since = since;
    }

    /**
     * One request.
     *
     * @param path without the query, decoded
     * @param query the parameters of the query
     * @param key the {@code Idempotency-Key}; empty for none
     */
    SandboxAnswer answer(String method, String path, Map<String, String> query, String key, byte[] body)
            throws IOException {
        return switch (method + " " + path) {
            case "POST /charge" -> charge(key, body);
            case "POST /refund" -> refund(body);
            case "GET /charges" -> list(query);
            case "GET /stats" -> SandboxAnswer.object(200, this::stats);
            case "GET /config" -> SandboxAnswer.object(200, json -> write(json, settings));
            case "POST /config" -> configure(body);
            case "GET /health" -> SandboxAnswer.object(200, json -> json.writeBooleanField("ok", true));
            default ->
                method.equals("GET") && path.startsWith("/charges/")
                        ? lookUp(path.substring("/charges/".length()))
                        : SandboxAnswer.error(404, "no_such_path");
        };
    }

    private synchronized Json configure(byte[] body) throws IOException {
        SandboxSettings changed = settings.with(body);
        settings = changed;
        return SandboxAnswer.object(200, json -> write(json, changed));
    }

    private SandboxAnswer charge(String header, byte[] body) throws IOException {
        chargeCalls.increment();
        SandboxSettings now = settings;
        if (now.outage()) {
            return outage();
        }
        Members request = Members.of(body);
        String key = header.isEmpty() ? request.text("idempotencyKey", "") : header;
        if (key.isEmpty()) {
            throw new BadRequest("The header Idempotency-Key is missing");
        }
        String orderId = request.required("orderId");
        long amount = request.minorUnits("amount");
        String currency = request.text("currency", "");
        Optional<Charge> before = ledger.byKey(key);
        if (before.isPresent()) {
            duplicateCalls.increment();
            return before.get().isOf(orderId, amount, currency)
                    ? verdict(before.get(), true).after(now.latency())
                    : SandboxAnswer.error(409, "key_was_used_for_another_charge");
        }
        Charge charge = ledger.charge(
                key, orderId, amount, currency, declinedFor(now, key, request.text("paymentMethodId", "")));
        if (now.drops(key)) {
            dropped.increment();
            return new Cut(now.latency());
        }
        return verdict(charge, false).after(now.latency());
    }

    private static String declinedFor(SandboxSettings now, String key, String paymentMethodId) {
        if (paymentMethodId.startsWith("pm_insufficient")) {
            return "insufficient_funds";
        }
        return paymentMethodId.startsWith("pm_declined") || now.declines(key) ? "card_declined" : "";
    }

    private static Json verdict(Charge charge, boolean replayed) {
        return SandboxAnswer.object(charge.isCaptured() ? 200 : 402, json -> {
            json.writeStringField("chargeId", charge.chargeId());
            json.writeStringField("status", charge.status());
            if (!charge.isCaptured()) {
                json.writeStringField("error", charge.declined());
            }
            json.writeNumberField("amount", charge.amount());
            json.writeStringField("currency", charge.currency());
            json.writeBooleanField("replayed", replayed);
        });
    }

    private Json refund(byte[] body) throws IOException {
        refundCalls.increment();
        if (settings.outage()) {
            return outage();
        }
        Optional<Charge> charge = ledger.find(Members.of(body).required("chargeId"));
        if (charge.isEmpty()) {
            return SandboxAnswer.error(404, "no_such_charge");
        }
        if (!charge.get().isCaptured()) {
            return SandboxAnswer.error(409, "charge_was_declined");
        }
        String refundId = ledger.refund(charge.get());
        return SandboxAnswer.object(200, json -> {
            json.writeStringField("refundId", refundId);
            json.writeStringField("status", "succeeded");
        });
    }

    private Json lookUp(String key) {
        lookUps.increment();
        if (settings.outage()) {
            return outage();
        }
        return ledger.byKey(key)
                .map(charge -> SandboxAnswer.object(200, charge::writeMembers))
                .orElseGet(() -> SandboxAnswer.error(404, "no_such_key"));
    }

    private Json list(Map<String, String> query) {
        if (settings.outage()) {
            return outage();
        }
        Ledger.Page page = ledger.list(
                parameter(query, "after", 0, Long.MAX_VALUE), (int) parameter(query, "limit", PAGE, LARGEST_PAGE));
        return SandboxAnswer.object(200, json -> {
            json.writeArrayFieldStart("data");
            for (Charge charge : page.charges()) {
                json.writeStartObject();
                charge.writeMembers(json);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeNumberField("next", page.next());
            json.writeBooleanField("hasMore", page.hasMore());
        });
    }

    private static long parameter(Map<String, String> query, String name, long otherwise, long most) {
        String value = query.get(name);
        try {
            long number = value == null ? otherwise : Long.parseLong(value);
            if (number >= 0) {
                return Math.min(number, most);
            }
        } catch (NumberFormatException notANumber) {
            throw new BadRequest(name + " must be a number, and is " + value);
        }
        throw new BadRequest(name + " must not be negative, and is " + value);
    }

    private Json outage() {
        outageRejected.increment();
        return SandboxAnswer.error(503, "provider_outage");
    }

    private void stats(JsonGenerator json) throws IOException {
        Map<String, Ledger.Sums> sums = ledger.sums();
        json.writeNumberField(
                "uniqueCharges",
                sums.values().stream().mapToLong(sum -> sum.captures).sum());
        json.writeNumberField("declined", ledger.declined());
        json.writeNumberField(
                "refunds", sums.values().stream().mapToLong(sum -> sum.refunds).sum());
        json.writeNumberField("ordersDoubleCharged", ledger.doubled());
        json.writeNumberField("chargeCalls", chargeCalls.sum());
        json.writeNumberField("duplicateCalls", duplicateCalls.sum());
        json.writeNumberField("refundCalls", refundCalls.sum());
        json.writeNumberField("lookUps", lookUps.sum());
        json.writeNumberField("outageRejected", outageRejected.sum());
        json.writeNumberField("dropped", dropped.sum());
        json.writeNumberField(
                "amountCaptured",
                sums.values().stream().mapToLong(sum -> sum.captured).sum());
        json.writeNumberField(
                "amountRefunded",
                sums.values().stream().mapToLong(sum -> sum.refunded).sum());
        json.writeObjectFieldStart("byCurrency");
        for (Map.Entry<String, Ledger.Sums> entry : sums.entrySet()) {
            json.writeObjectFieldStart(entry.getKey());
            json.writeNumberField("captured", entry.getValue().captured);
            json.writeNumberField("refunded", entry.getValue().refunded);
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeObjectFieldStart("config");
        write(json, settings);
        json.writeEndObject();
        json.writeStringField("since", since.toString());
    }

    private static void write(JsonGenerator json, SandboxSettings settings) throws IOException {
        json.writeNumberField("latencyMs", settings.latency().toMillis());
        json.writeNumberField("declineRate", settings.declineRate());
        json.writeBooleanField("outage", settings.outage());
        json.writeNumberField("dropRate", settings.dropRate());
    }
}
