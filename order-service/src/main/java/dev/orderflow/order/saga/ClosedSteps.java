package dev.orderflow.order.saga;

import dev.orderflow.order.saga.SagaMessage.Asked;
import dev.orderflow.order.saga.SagaMessage.OfPayment;
import dev.orderflow.order.saga.SagaMessage.OfStock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What follows from messages about an order that has ended. */
final class ClosedSteps {

    private ClosedSteps() {}

    static Decision ofStock(ClosedOrder closed, OfStock message) {
        return switch (message.fact()) {
            case StockFact.Reserved _ ->
                closed.status() == Status.CANCELLED
                        ? corrected(
                                closed,
                                closed.chargeId(),
                                new Output.ReleaseStock(message.location(), false),
                                "stock was reserved for an order that is cancelled, and is released")
                        : Draft.UNCHANGED;
            case StockFact.Rejected _, StockFact.Released _, StockFact.Committed _ -> Draft.UNCHANGED;
        };
    }

    static Decision ofPayment(ClosedOrder closed, OfPayment message) {
        return switch (message.fact()) {
            case PaymentFact.Charged charged ->
                charged.chargeId().equals(closed.chargeId()) ? Draft.UNCHANGED : charged(closed, charged);
            case PaymentFact.Declined _,
                    PaymentFact.Pending _,
                    PaymentFact.Held _,
                    PaymentFact.AttemptFailed _,
                    PaymentFact.Cancelling _,
                    PaymentFact.Voided _,
                    PaymentFact.Refunded _ -> Draft.UNCHANGED;
        };
    }

    private static Decision charged(ClosedOrder closed, PaymentFact.Charged charged) {
        return switch (closed.status()) {
            case CANCELLED, REJECTED ->
                corrected(
                        closed,
                        charged.chargeId(),
                        new Output.RefundPayment("charged after the order had ended"),
                        "charge " + charged.chargeId() + " came after the order had ended, and is refunded");
            case COMPLETED, REFUNDED ->
                new Decision.Unusable("it is " + closed.status() + ", and has a second charge " + charged.chargeId()
                        + " beside " + closed.chargeId() + ": see the audit, and refund it at the provider");
            case RESERVING, CHARGING, EXPIRING, CANCELLING, CONFIRMED, REFUNDING ->
                throw new IllegalStateException("order " + closed.orderId() + " is closed as " + closed.status());
        };
    }

    /** A closed order is picked up again from what the asker saw of it, if that is the newest there is. */
    static Decision asked(ClosedOrder closed, Asked message, SagaSettings settings, Instant now) {
        OrderState seen = message.seen();
        if (seen == null
                || seen.sequence() != closed.sequence()
                || seen.status() != closed.status()
                || !seen.contentHash().equals(closed.contentHash())) {
            Optional<String> refused = message.request().refusedIn(closed.status());
            return new Decision.Unusable("cannot " + message.request().verb() + " it: "
                    + refused.orElse("it is " + closed.status()
                            + ", and the request does not carry its newest view: load the order and ask again"));
        }
        Draft order = new Draft(seen, settings, now);
        RequestSteps.apply(order, message);
        return order.decision();
    }

    private static Decision corrected(ClosedOrder closed, @Nullable String chargeId, Output command, String detail) {
        ClosedOrder next = new ClosedOrder(
                closed.orderId(),
                closed.sequence() + 1,
                closed.status(),
                closed.contentHash(),
                chargeId,
                closed.closedAt(),
                closed.acceptedAt());
        return new Decision.Corrected(next, command, detail);
    }
}
