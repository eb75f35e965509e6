package dev.orderflow.payment.topology;

import dev.orderflow.events.PaymentAttemptFailed;
import dev.orderflow.events.PaymentCancelling;
import dev.orderflow.events.PaymentCharged;
import dev.orderflow.events.PaymentDeclined;
import dev.orderflow.events.PaymentEvent;
import dev.orderflow.events.PaymentHeld;
import dev.orderflow.events.PaymentPending;
import dev.orderflow.events.PaymentRefunded;
import dev.orderflow.events.PaymentVoided;
import dev.orderflow.payment.payment.AttemptKey;
import dev.orderflow.payment.payment.Decision.Said;
import dev.orderflow.payment.payment.Fact;
import dev.orderflow.payment.payment.PaymentId;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/** Facts as records of {@code payment.events}. */
final class Facts {

    private Facts() {}

    static PaymentEvent event(String paymentId, Said said, Instant now) {
        return new PaymentEvent(
                PaymentId.orderOf(paymentId),
                said.attempt(),
                AttemptKey.charge(paymentId, said.attempt()),
                now,
                fact(said.fact()));
    }

    /** The same whenever the same fact is written again. */
    static String id(String orderId, Said said) {
        return orderId + "/payment/" + said.number();
    }

    private static SpecificRecord fact(Fact fact) {
        return switch (fact) {
            case Fact.Charged(var chargeId, var amount) -> new PaymentCharged(chargeId, Records.money(amount));
            case Fact.Declined(var reason) -> new PaymentDeclined(reason);
            case Fact.Pending(var paymentUrl, var until) -> new PaymentPending(paymentUrl, until);
            case Fact.Cancelling() -> new PaymentCancelling();
            case Fact.Voided() -> new PaymentVoided();
            case Fact.Refunded(var chargeId, var refundId, var amount) ->
                new PaymentRefunded(chargeId, refundId, Records.money(amount));
            case Fact.Held(var reason) -> new PaymentHeld(reason);
            case Fact.AttemptFailed(var tries, var reason, var retryAt) ->
                new PaymentAttemptFailed(tries, reason, retryAt);
        };
    }
}
