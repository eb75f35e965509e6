package dev.orderflow.order.saga;

import dev.orderflow.order.saga.SagaMessage.OfPayment;

/** What follows from a captured charge of an order in flight: it is confirmed, or the charge is paid back. */
final class Charges {

    private Charges() {}

    static void charged(Draft order, PaymentFact.Charged charged, OfPayment message) {
        if (charged.chargeId().equals(order.chargeId)) {
            return;
        }
        switch (order.status) {
            case CHARGING, EXPIRING -> inTime(order, charged, message);
            case CANCELLING -> late(order, charged, message);
            case CONFIRMED, REFUNDING ->
                order.note(
                        Step.OUT_OF_PLACE,
                        "a second charge " + charged.chargeId() + " beside " + order.chargeId
                                + ": see the audit, and refund it at the provider",
                        message.evidence());
            case RESERVING, COMPLETED, REFUNDED, CANCELLED, REJECTED ->
                throw new IllegalStateException("order " + order.order.orderId() + " is " + order.status
                        + ", yet a charge of it is decided here");
        }
    }

    private static void inTime(Draft order, PaymentFact.Charged charged, OfPayment message) {
        Money due = new Money(order.order.totals().total(), order.order.totals().currency());
        order.chargeId = charged.chargeId();
        order.payment = PaymentStep.CHARGED;
        note(order, charged, message);
        if (due.equals(charged.amount())) {
            Moves.confirm(order);
        } else {
            String difference = "charged " + charged.amount() + " instead of " + due;
            Moves.undo(order, Ending.of(CancelReason.PAYMENT_DECLINED, difference));
        }
    }

    /** The undo already sent takes care of it, unless it was said to be complete. */
    private static void late(Draft order, PaymentFact.Charged charged, OfPayment message) {
        boolean undone = order.payment.undone();
        order.chargeId = charged.chargeId();
        if (order.payment != PaymentStep.CANCELLING) {
            order.payment = PaymentStep.CHARGED;
        }
        note(order, charged, message);
        if (undone) {
            order.send(new Output.RefundPayment("charged after it was undone"));
        }
    }

    private static void note(Draft order, PaymentFact.Charged charged, OfPayment message) {
        order.note(
                Step.PAYMENT_CHARGED,
                message.attempt(),
                message.idempotencyKey(),
                charged.chargeId(),
                message.evidence());
    }
}
