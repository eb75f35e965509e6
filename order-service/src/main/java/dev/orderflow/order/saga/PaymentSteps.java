package dev.orderflow.order.saga;

import dev.orderflow.order.saga.SagaMessage.OfPayment;
import org.jspecify.annotations.Nullable;

/** What follows from what payment says of an order in flight. */
final class PaymentSteps {

    /** Begins the id of a refund that no provider knows. */
    private static final String NO_REFUND = "none:";

    private PaymentSteps() {}

    static void apply(Draft order, OfPayment message) {
        if (order.stock == StockStep.REQUESTED
                && (order.status == Status.RESERVING || order.status == Status.EXPIRING)) {
            // Payment begins when stock is reserved, and topics have no common order: the reservation is still unread.
            Moves.charge(order);
        }
        switch (message.fact()) {
            case PaymentFact.Charged charged -> Charges.charged(order, charged, message);
            case PaymentFact.Declined declined -> declined(order, declined, message);
            case PaymentFact.Pending pending -> pending(order, pending, message);
            case PaymentFact.Held held -> held(order, held, message);
            case PaymentFact.AttemptFailed failed -> attemptFailed(order, failed, message);
            case PaymentFact.Cancelling _ -> undoing(order, PaymentStep.CANCELLING, message);
            case PaymentFact.Voided _ -> undoing(order, PaymentStep.VOIDED, message);
            case PaymentFact.Refunded refunded -> refunded(order, refunded, message);
        }
    }

    private static void declined(Draft order, PaymentFact.Declined declined, OfPayment message) {
        if (order.noted(Step.PAYMENT_DECLINED, message.idempotencyKey())) {
            return;
        }
        switch (order.status) {
            case CHARGING, EXPIRING -> {
                note(order, Step.PAYMENT_DECLINED, declined.reason(), message);
                order.payment = PaymentStep.DECLINED;
                // A provider's "failed" need not be final, so it is cancelled for good all the same.
                Moves.undo(order, Ending.of(CancelReason.PAYMENT_DECLINED, declined.reason()));
            }
            case CANCELLING -> {
                note(order, Step.PAYMENT_DECLINED, declined.reason(), message);
                if (!order.payment.undoAcknowledged() && order.payment != PaymentStep.CHARGED) {
                    order.payment = PaymentStep.DECLINED;
                }
            }
            case RESERVING, CONFIRMED, COMPLETED, REFUNDING, REFUNDED, CANCELLED, REJECTED ->
                outOfPlace(order, "PaymentDeclined", message);
        }
    }

    private static void pending(Draft order, PaymentFact.Pending pending, OfPayment message) {
        if (order.noted(Step.PAYMENT_PENDING, message.idempotencyKey())) {
            return;
        }
        note(order, Step.PAYMENT_PENDING, pending.paymentUrl(), message);
        if (order.status == Status.CHARGING) {
            order.payment = PaymentStep.PENDING;
            order.paymentUrl = pending.paymentUrl();
            order.deadline = order.now.plus(order.settings.pendingWindow());
        }
    }

    private static void held(Draft order, PaymentFact.Held held, OfPayment message) {
        note(order, Step.PAYMENT_HELD, held.reason(), message);
        if (order.status == Status.CHARGING) {
            // Waiting for our own brake does not count, however long it is pulled; the next try starts the clock again.
            order.payment = PaymentStep.HELD;
            order.deadline = order.now.plus(order.settings.pendingWindow());
        }
    }

    private static void attemptFailed(Draft order, PaymentFact.AttemptFailed failed, OfPayment message) {
        order.note(
                Step.PAYMENT_ATTEMPT_FAILED,
                Math.max(1, failed.tries()),
                message.idempotencyKey(),
                failed.reason(),
                message.evidence());
        if (order.status == Status.CHARGING && order.payment == PaymentStep.HELD) {
            order.payment = PaymentStep.REQUESTED;
            order.deadline = order.now.plus(order.settings.paymentDeadline());
        }
    }

    private static void refunded(Draft order, PaymentFact.Refunded refunded, OfPayment message) {
        boolean ours =
                switch (order.status) {
                    case CHARGING, EXPIRING, CANCELLING, REFUNDING -> !order.payment.undone();
                    case RESERVING, CONFIRMED, COMPLETED, REFUNDED, CANCELLED, REJECTED -> false;
                };
        if (ours) {
            order.chargeId = refunded.chargeId();
            order.refundId = refunded.refundId();
        }
        undoing(order, PaymentStep.REFUNDED, message);
    }

    /** From here on nothing stays charged: {@code step} is how far that has come. */
    private static void undoing(Draft order, PaymentStep step, OfPayment message) {
        if (order.payment == step || order.payment.undone()) {
            return;
        }
        switch (order.status) {
            case CHARGING, EXPIRING -> {
                Ending ending = order.status == Status.EXPIRING
                        ? Moves.timeout(order)
                        : Ending.of(CancelReason.PAYMENT_DECLINED, "the payment was taken back");
                order.payment = step;
                note(order, noteOf(step), null, message);
                Moves.undo(order, ending);
            }
            case CANCELLING -> {
                order.payment = step;
                note(order, noteOf(step), null, message);
                Moves.endWhenUndone(order);
            }
            case REFUNDING -> {
                order.payment = step;
                note(order, noteOf(step), null, message);
                if (step == PaymentStep.VOIDED) {
                    // The provider holds no money of this order, so none can be paid back: asking again would never
                    // end.
                    order.refundId = NO_REFUND + order.order.orderId();
                }
                if (step.undone()) {
                    Moves.refunded(order);
                }
            }
            case RESERVING, CONFIRMED, COMPLETED, REFUNDED, CANCELLED, REJECTED ->
                outOfPlace(order, noteOf(step).text(), message);
        }
    }

    private static Step noteOf(PaymentStep step) {
        return switch (step) {
            case CANCELLING -> Step.PAYMENT_CANCELLING;
            case VOIDED -> Step.PAYMENT_VOIDED;
            case REFUNDED -> Step.PAYMENT_REFUNDED;
            case REQUESTED, PENDING, HELD, CHARGED, DECLINED ->
                throw new IllegalArgumentException(step + " undoes nothing");
        };
    }

    private static void note(Draft order, Step step, @Nullable String detail, OfPayment from) {
        order.note(step, from.attempt(), from.idempotencyKey(), detail, from.evidence());
    }

    private static void outOfPlace(Draft order, String fact, OfPayment message) {
        order.note(Step.OUT_OF_PLACE, fact + " while the order is " + order.status, message.evidence());
    }
}
