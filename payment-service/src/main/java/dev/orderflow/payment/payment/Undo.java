package dev.orderflow.payment.payment;

import org.jspecify.annotations.Nullable;

/** How a payment is undone: whatever happened at the provider, nothing stays charged. */
final class Undo {

    private Undo() {}

    static void cancel(Turn turn, boolean unlessDone) {
        switch (turn.status()) {
            case REQUESTED, UNKNOWN -> {
                turn.stopCharging();
                cancelInDoubt(turn);
            }
            case PENDING -> cancelInDoubt(turn);
            case DECLINED -> {
                if (turn.inDoubt() || !turn.refunds().isEmpty()) {
                    cancelInDoubt(turn);
                } else {
                    turn.say(new Fact.Cancelling());
                    turn.become(PaymentStatus.VOIDED);
                    turn.say(new Fact.Voided());
                }
            }
            case CHARGED -> {
                if (unlessDone) {
                    // Whoever asks has not read the charge: for once it may have been lost on its way, as a dead
                    // letter.
                    turn.sayEnd();
                } else {
                    turn.say(new Fact.Cancelling());
                    payBack(turn, turn.capture());
                }
            }
            case CANCELLING, REFUNDING -> {}
            case VOIDED, REFUNDED -> turn.sayEnd();
        }
    }

    static void refund(Turn turn) {
        if (turn.status() == PaymentStatus.CHARGED) {
            payBack(turn, turn.capture());
        } else {
            cancel(turn, false);
        }
    }

    /**
     * "Never tried" is not to be trusted: an instance that lost this order may have a try on its way. So the provider is
     * asked only when no try can still arrive there.
     */
    static void cancelInDoubt(Turn turn) {
        turn.become(PaymentStatus.CANCELLING);
        turn.doubt();
        turn.stopLooking();
        turn.say(new Fact.Cancelling());
        turn.lookIn(turn.rules.attemptLife().toMillis());
    }

    private static void payBack(Turn turn, @Nullable Capture capture) {
        if (capture == null) {
            throw new IllegalStateException("The charged payment " + turn.paymentId + " names no charge");
        }
        turn.beginPayingBack(capture);
    }

    /** The refund is said, and the saga ends the order by it, only when no other charge waits for its own. */
    static void paidBack(Turn turn, int attempt, String refundId) {
        Capture done = turn.paidBack(attempt);
        if (done == null) {
            return;
        }
        boolean refunding = turn.status() == PaymentStatus.REFUNDING;
        if (refunding && turn.isOfTheOrder(done)) {
            turn.refunded(done, refundId);
        } else {
            turn.say(
                    attempt,
                    new Fact.AttemptFailed(
                            0, "Charge " + done.chargeId() + " of an attempt that was over was paid back", null));
        }
        if (refunding && turn.refunds().isEmpty()) {
            turn.become(PaymentStatus.REFUNDED);
            turn.sayEnd();
        } else if (refunding) {
            // Of a record that an earlier version wrote, nobody may be asking for these any more.
            turn.refunds().forEach(turn::payBack);
        }
    }
}
