package dev.orderflow.payment.topology;

import dev.orderflow.payment.payment.ChargeAnswer;
import dev.orderflow.payment.payment.Found.Standing;
import dev.orderflow.payment.provider.ChargePage;
import dev.orderflow.payment.provider.PaymentProvider;
import dev.orderflow.payment.provider.SeenCharge;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;

/** A provider in memory that charges unless it is told what to answer next, and notes every call. */
final class ScriptedProvider implements PaymentProvider {

    final List<String> calls = new ArrayList<>();
    final Map<String, SeenCharge> charges = new LinkedHashMap<>();
    final Queue<Supplier<ChargeAnswer>> next = new ArrayDeque<>();

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public ChargeAnswer charge(ChargeRequest request) {
        String key = request.idempotencyKey();
        calls.add("charge " + key + " " + request.bill().amount().minor());
        Supplier<ChargeAnswer> scripted = next.poll();
        if (scripted != null) {
            return scripted.get();
        }
        return new ChargeAnswer.Captured(capture(request));
    }

    String capture(ChargeRequest request) {
        return capture(request.idempotencyKey(), request);
    }

    private String capture(String key, ChargeRequest request) {
        String chargeId = "ch:" + key;
        charges.put(
                key,
                new SeenCharge(key, Standing.CAPTURED, chargeId, request.bill().amount()));
        return chargeId;
    }

    @Override
    public String refund(RefundRequest request) {
        calls.add("refund " + request.idempotencyKey() + " " + request.capture().chargeId());
        charges.computeIfPresent(
                request.capture().chargeId().substring(3),
                (key, charge) -> new SeenCharge(key, Standing.REFUNDED, charge.chargeId(), charge.amount()));
        return "re:" + request.capture().chargeId();
    }

    @Override
    public ChargeAnswer confirm(ConfirmRequest request) {
        calls.add("confirm " + request.idempotencyKey() + " " + request.chargeId());
        return new ChargeAnswer.Captured(request.chargeId());
    }

    @Override
    public Optional<SeenCharge> lookUp(LookUpRequest request) {
        calls.add((request.close() ? "close " : "look up ") + request.idempotencyKey());
        return Optional.ofNullable(charges.get(request.idempotencyKey()));
    }

    @Override
    public ChargePage list(String after, int limit) {
        return new ChargePage(List.copyOf(charges.values()), "", false);
    }

    @Override
    public void close() {}
}
