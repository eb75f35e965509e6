package dev.orderflow.local.sandbox;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.orderflow.local.sandbox.SandboxAnswer.Content;
import dev.orderflow.local.sandbox.SandboxAnswer.Cut;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers requests by the ledger and the settings in force. Safe for use by several threads. */
final class SandboxApi {

    private static final int PAGE = 1_000;
    private static final int LARGEST_PAGE = 10_000;
    private static final int CARDS = 100;
    private static final Pattern CHARGE = Pattern.compile("/charges/([^/]+)(?:/(approve|decline|cancel))?");
    private static final Pattern PAGE_OF_CHARGE = Pattern.compile("/pay/(ch_[0-9a-f]+)(?:/(approve|decline))?");

    private final Ledger ledger;
    private final Instant since;
    private final LongAdder chargeCalls = new LongAdder();
    private final LongAdder duplicateCalls = new LongAdder();
    private final LongAdder outageRejected = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder refundCalls = new LongAdder();
    private final LongAdder lookUps = new LongAdder();
    private final Notifications notifications;
    private final String publicUrl;
    private volatile SandboxSettings settings;

    /**
     * An API over this ledger.
     *
     * @param webhookUrl where notifications go at first; empty for nowhere
     * @param publicUrl where customers reach it; empty where they use the same address as the shop
     */
    SandboxApi(Ledger ledger, Instant since, Notifications notifications, String webhookUrl, String publicUrl) {
        this.ledger = ledger;
        this.since = since;
        this.notifications = notifications;
        this.publicUrl = publicUrl;
        this.settings = SandboxSettings.DEFAULTS.tellingAt(webhookUrl);
    }

    /** One request. */
    SandboxAnswer answer(SandboxRequest request) throws IOException {
        String path = request.path();
        byte[] body = request.body();
        return switch (request.method() + " " + path) {
            case "POST /charge" -> charge(request);
            case "POST /refund" -> refund(body);
            case "GET /charges" -> list(request.query());
            case "GET /pay" -> SandboxAnswer.page(waiting());
            case "GET /stats" -> SandboxAnswer.object(200, this::stats);
            case "GET /config" -> SandboxAnswer.object(200, json -> write(json, settings));
            case "POST /config" -> configure(body);
            case "GET /health" -> SandboxAnswer.object(200, json -> json.writeBooleanField("ok", true));
            default -> below(request);
        };
    }

    private Content below(SandboxRequest request) {
        boolean post = request.method().equals("POST");
        Matcher key = CHARGE.matcher(request.path());
        if (key.matches()) {
            if (!post && key.group(2) == null) {
                return lookUp(key.group(1));
            }
            if (post && key.group(2) != null) {
                return settings.outage() ? outage() : decide(ledger.byKey(key.group(1)), key.group(2), false);
            }
        }
        Matcher page = PAGE_OF_CHARGE.matcher(request.path());
        if (page.matches() && post == (page.group(2) != null)) {
            return decide(ledger.find(page.group(1)), page.group(2), true);
        }
        return SandboxAnswer.error(404, "no_such_path");
    }

    /** @param verdict what a person has decided; null to look only */
    private Content decide(Optional<Charge> found, @Nullable String verdict, boolean page) {
        if (found.isEmpty()) {
            return SandboxAnswer.error(404, "no_such_charge");
        }
        Charge before = found.get();
        Charge after = verdict == null ? before : ledger.decide(before, standing(verdict));
        if (before.pending() && !after.pending()) {
            notifications.tell(after, noticeOf(after), settings);
        }
        return page ? SandboxAnswer.page(PaymentPage.one(after)) : SandboxAnswer.object(200, after::writeMembers);
    }

    private static Standing standing(String verdict) {
        return switch (verdict) {
            case "approve" -> Standing.APPROVED;
            case "decline" -> Standing.REJECTED;
            case "cancel" -> Standing.CANCELED;
            default -> throw new BadRequest("A charge that waits takes approve, decline or cancel, not " + verdict);
        };
    }

    private static String noticeOf(Charge charge) {
        if (charge.pending()) {
            return "pending";
        }
        if (charge.refunded()) {
            return "refunded";
        }
        return charge.isCaptured() ? "succeeded" : charge.declined().equals("canceled") ? "canceled" : "failed";
    }

    private String waiting() {
        List<Charge> waiting = ledger.waiting(CARDS + 1);
        return PaymentPage.list(waiting.subList(0, Math.min(CARDS, waiting.size())), waiting.size() > CARDS);
    }

    private synchronized Content configure(byte[] body) throws IOException {
        SandboxSettings changed = settings.with(body);
        settings = changed;
        return SandboxAnswer.object(200, json -> write(json, changed));
    }

    private SandboxAnswer charge(SandboxRequest sent) throws IOException {
        chargeCalls.increment();
        SandboxSettings now = settings;
        if (now.outage()) {
            return outage();
        }
        Members request = Members.of(sent.body());
        String key = sent.key().isEmpty() ? request.text("idempotencyKey", "") : sent.key();
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
                    ? verdict(before.get(), true, pages(sent)).after(now.latency())
                    : SandboxAnswer.error(409, "key_was_used_for_another_charge");
        }
        String method = request.text("paymentMethodId", "");
        Charge charge = method.startsWith("pm_pending") || now.awaits(key)
                ? ledger.await(key, orderId, amount, currency)
                : ledger.charge(key, orderId, amount, currency, declinedFor(now, key, method));
        if (now.webhooks() == SandboxSettings.Told.ALL) {
            notifications.tell(charge, noticeOf(charge), now);
        }
        if (now.drops(key)) {
            dropped.increment();
            return new Cut(now.latency());
        }
        return verdict(charge, false, pages(sent)).after(now.latency());
    }

    private static String declinedFor(SandboxSettings now, String key, String paymentMethodId) {
        if (paymentMethodId.startsWith("pm_insufficient")) {
            return "insufficient_funds";
        }
        return paymentMethodId.startsWith("pm_declined") || now.declines(key) ? "card_declined" : "";
    }

    /** The address of the pages for customers. */
    private String pages(SandboxRequest sent) {
        return publicUrl.isEmpty() ? "http://" + sent.host() : publicUrl;
    }

    private static Content verdict(Charge charge, boolean replayed, String pages) {
        int status = charge.pending() ? 202 : charge.isCaptured() ? 200 : 402;
        return SandboxAnswer.object(status, json -> {
            json.writeStringField("chargeId", charge.chargeId());
            json.writeStringField("status", charge.status());
            if (charge.pending()) {
                json.writeStringField("paymentUrl", pages + "/pay/" + charge.chargeId());
            } else if (!charge.isCaptured()) {
                json.writeStringField("error", charge.declined());
            }
            json.writeNumberField("amount", charge.amount());
            json.writeStringField("currency", charge.currency());
            json.writeBooleanField("replayed", replayed);
        });
    }

    private Content refund(byte[] body) throws IOException {
        refundCalls.increment();
        if (settings.outage()) {
            return outage();
        }
        Optional<Charge> charge = ledger.find(Members.of(body).required("chargeId"));
        if (charge.isEmpty()) {
            return SandboxAnswer.error(404, "no_such_charge");
        }
        if (!charge.get().isCaptured()) {
            return SandboxAnswer.error(409, charge.get().pending() ? "charge_is_pending" : "charge_was_declined");
        }
        String refundId = ledger.refund(charge.get());
        SandboxSettings now = settings;
        if (!charge.get().refunded() && now.webhooks() == SandboxSettings.Told.ALL) {
            notifications.tell(charge.get(), "refunded", now);
        }
        return SandboxAnswer.object(200, json -> {
            json.writeStringField("refundId", refundId);
            json.writeStringField("status", "succeeded");
        });
    }

    private Content lookUp(String key) {
        lookUps.increment();
        if (settings.outage()) {
            return outage();
        }
        return ledger.byKey(key)
                .map(charge -> SandboxAnswer.object(200, charge::writeMembers))
                .orElseGet(() -> SandboxAnswer.error(404, "no_such_key"));
    }

    private Content list(Map<String, String> query) {
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

    private Content outage() {
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
        json.writeNumberField("waiting", ledger.waiting(Integer.MAX_VALUE).size());
        json.writeNumberField("webhooksSent", notifications.sent());
        json.writeNumberField("webhooksTaken", notifications.taken());
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
        json.writeNumberField("pendingRate", settings.pendingRate());
        json.writeStringField("webhookUrl", settings.webhookUrl());
        json.writeStringField("webhooks", settings.webhooks().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("webhookDelayMs", settings.webhookDelay().toMillis());
        json.writeNumberField("webhookDisorderMs", settings.webhookDisorder().toMillis());
        json.writeNumberField("webhookDoubleRate", settings.webhookDoubleRate());
    }
}
