package dev.orderflow.payment.topology;

import dev.orderflow.durable.effect.Effect;
import dev.orderflow.durable.effect.EffectCall;
import dev.orderflow.payment.payment.AttemptKey;
import dev.orderflow.payment.payment.ChargeAnswer;
import dev.orderflow.payment.payment.Found;
import dev.orderflow.payment.payment.PaymentId;
import dev.orderflow.payment.payment.PaymentMessage;
import dev.orderflow.payment.payment.ProviderCall;
import dev.orderflow.payment.provider.PaymentProvider;
import dev.orderflow.payment.provider.PaymentProvider.ChargeRequest;
import dev.orderflow.payment.provider.PaymentProvider.ConfirmRequest;
import dev.orderflow.payment.provider.PaymentProvider.LookUpRequest;
import dev.orderflow.payment.provider.PaymentProvider.RefundRequest;
import dev.orderflow.payment.provider.SeenCharge;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Carries calls out at the provider; the result of each is the message that it means. Safe for use by several threads. */
final class ProviderCalls implements EffectCall {

    private final PaymentProvider provider;
    private final Duration idempotencyWindow;
    private final InstantSource clock;

    /** @param idempotencyWindow for so long the provider knows a key */
    ProviderCalls(PaymentProvider provider, Duration idempotencyWindow, InstantSource clock) {
        this.provider = provider;
        this.idempotencyWindow = idempotencyWindow;
        this.clock = clock;
    }

    @Override
    public PaymentMessage run(Effect effect) {
        return switch (CallJson.read(effect.payload())) {
            case ProviderCall.Charge charge -> charge(effect, charge);
            case ProviderCall.Confirm confirm ->
                new PaymentMessage.Answered(
                        confirm.attempt(),
                        provider.confirm(
                                new ConfirmRequest(effect.idempotencyKey(), confirm.chargeId(), effect.tries())));
            case ProviderCall.Refund refund ->
                new PaymentMessage.PaidBack(
                        refund.capture().attempt(),
                        provider.refund(new RefundRequest(
                                effect.idempotencyKey(),
                                PaymentId.orderOf(refund.paymentId()),
                                refund.capture(),
                                effect.tries())));
            case ProviderCall.LookUp lookUp -> lookUp(lookUp);
        };
    }

    private PaymentMessage charge(Effect effect, ProviderCall.Charge charge) {
        ChargeAnswer known = isForgotten(effect) ? seenBefore(effect.idempotencyKey()) : null;
        return new PaymentMessage.Answered(
                charge.attempt(),
                known != null
                        ? known
                        : provider.charge(new ChargeRequest(
                                effect.idempotencyKey(),
                                PaymentId.orderOf(charge.paymentId()),
                                charge.bill(),
                                effect.tries())));
    }

    /** Whether the provider may no longer know the key of an earlier try, so that it would charge a second time. */
    private boolean isForgotten(Effect effect) {
        return clock.instant().isAfter(effect.startedAt().plus(idempotencyWindow));
    }

    private @Nullable ChargeAnswer seenBefore(String key) {
        Optional<SeenCharge> seen = provider.lookUp(new LookUpRequest(key, null, false));
        if (seen.isEmpty()) {
            return null;
        }
        String chargeId = seen.get().chargeId();
        return switch (seen.get().standing()) {
            case CAPTURED, REFUNDED -> new ChargeAnswer.Captured(chargeId == null ? key : chargeId);
            case DECLINED -> new ChargeAnswer.Declined("declined");
            case PENDING -> new ChargeAnswer.Pending(null, null);
        };
    }

    private PaymentMessage lookUp(ProviderCall.LookUp lookUp) {
        List<Found> found = new ArrayList<>();
        for (int attempt = 1; ; attempt++) {
            String opened = attempt == lookUp.attempts() ? lookUp.opened() : null;
            Optional<SeenCharge> seen = provider.lookUp(
                    new LookUpRequest(AttemptKey.charge(lookUp.paymentId(), attempt), opened, lookUp.close()));
            if (seen.isPresent()) {
                SeenCharge charge = seen.get();
                found.add(new Found(attempt, charge.standing(), charge.chargeId(), charge.amount()));
            } else if (attempt >= lookUp.attempts()) {
                return new PaymentMessage.LookedUp(found);
            }
        }
    }
}
