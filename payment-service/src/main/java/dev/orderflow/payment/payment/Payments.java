package dev.orderflow.payment.payment;

import dev.orderflow.payment.payment.PaymentMessage.Answered;
import dev.orderflow.payment.payment.PaymentMessage.CancelPayment;
import dev.orderflow.payment.payment.PaymentMessage.Held;
import dev.orderflow.payment.payment.PaymentMessage.LookedUp;
import dev.orderflow.payment.payment.PaymentMessage.Notice;
import dev.orderflow.payment.payment.PaymentMessage.Notified;
import dev.orderflow.payment.payment.PaymentMessage.PaidBack;
import dev.orderflow.payment.payment.PaymentMessage.RefundPayment;
import dev.orderflow.payment.payment.PaymentMessage.RetryPayment;
import dev.orderflow.payment.payment.PaymentMessage.StockReserved;
import dev.orderflow.payment.payment.PaymentMessage.TryFailed;
import dev.orderflow.payment.payment.PaymentMessage.Woken;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of payments. A pure function of the payment so far, what happened, and when; whatever the order of
 * arrival and however often it arrives, a cancelled payment ends with nothing charged, and one attempt at most stays
 * charged. Immutable.
 */
public final class Payments {

    private final PaymentRules rules;

    /** Payments by these rules. */
    public Payments(PaymentRules rules) {
        this.rules = rules;
    }

    /**
     * The decision.
     *
     * @param paymentId see {@link PaymentId}
     * @param payment the payment so far; null when nothing is known of it
     * @param now by wall clock; counted in whole milliseconds
     */
    public Decision decide(String paymentId, @Nullable Payment payment, PaymentMessage message, Instant now) {
        Instant at = now.truncatedTo(ChronoUnit.MILLIS);
        if (payment == null) {
            return switch (message) {
                case StockReserved reserved -> request(paymentId, reserved.bill(), at);
                case CancelPayment _, RefundPayment _ -> tombstone(paymentId, at);
                case RetryPayment _ -> awaitReservation(paymentId, at);
                case Notified _, Answered _, LookedUp _, PaidBack _, TryFailed _, Held _, Woken _ ->
                    Decision.nothing(null);
            };
        }
        return switch (message) {
            case StockReserved reserved -> learn(payment, reserved.bill(), at);
            case CancelPayment cancel -> turn(payment, at, turn -> Undo.cancel(turn, cancel.unlessDone()));
            case RefundPayment _ -> turn(payment, at, Undo::refund);
            case RetryPayment _ -> turn(payment, at, Payments::retry);
            case Notified notified -> turn(payment, at, turn -> notified(turn, notified));
            case Answered answered -> turn(payment, at, turn -> answered(turn, answered));
            case LookedUp looked -> turn(payment, at, turn -> LookUps.answered(turn, looked.found()));
            case PaidBack paid -> turn(payment, at, turn -> Undo.paidBack(turn, paid.attempt(), paid.refundId()));
            case TryFailed failed -> turn(payment, at, turn -> failed(turn, failed));
            case Held held -> turn(payment, at, turn -> held(turn, held));
            case Woken woken -> turn(payment, at, turn -> woken(turn, woken));
        };
    }

    private Decision turn(Payment payment, Instant now, Consumer<Turn> rule) {
        Turn turn = new Turn(payment, now, rules);
        rule.accept(turn);
        return turn.done();
    }

    private Decision request(String paymentId, Bill bill, Instant now) {
        Turn turn = Turn.first(paymentId, PaymentStatus.REQUESTED, bill, now, rules);
        begin(turn, bill);
        return turn.done();
    }

    /** An undo that overtook what it undoes: the reservation that comes later charges nothing. */
    private Decision tombstone(String paymentId, Instant now) {
        Turn turn = Turn.first(paymentId, PaymentStatus.REQUESTED, null, now, rules);
        Undo.cancelInDoubt(turn);
        return turn.done();
    }

    /** A retry that overtook the reservation is remembered for the doubt that it brings. */
    private Decision awaitReservation(String paymentId, Instant now) {
        Turn turn = Turn.first(paymentId, PaymentStatus.REQUESTED, null, now, rules);
        turn.doubt();
        turn.closeLater();
        return turn.done();
    }

    /** A reservation after the undo, or once more, charges nothing; a tombstone learns what it would have charged. */
    private Decision learn(Payment payment, Bill bill, Instant now) {
        if (payment.bill() != null) {
            return Decision.nothing(payment);
        }
        return turn(payment, now, turn -> {
            turn.bill(bill);
            if (turn.status() == PaymentStatus.REQUESTED) {
                turn.become(PaymentStatus.REQUESTED);
                begin(turn, bill);
            }
        });
    }

    private static void begin(Turn turn, Bill bill) {
        if (bill.amount().minor() == 0) {
            turn.capturedNothing(bill.amount());
        } else {
            turn.charge();
        }
    }

    /**
     * A retry puts the payment in doubt whenever it is read: read after a decline it makes a new attempt, and an instance
     * that lost the order before it could commit that may have sent it.
     */
    private static void retry(Turn turn) {
        switch (turn.status()) {
            case REQUESTED, UNKNOWN -> {
                turn.doubt();
                turn.chargeNow();
            }
            case PENDING -> {
                turn.doubt();
                turn.lookNow();
            }
            case DECLINED -> {
                turn.doubt();
                turn.become(PaymentStatus.REQUESTED);
                turn.chargeAnew();
            }
            case CANCELLING -> turn.retryNow(ProviderCall.LookUp.keyOf(turn.paymentId));
            case REFUNDING ->
                turn.refunds().forEach(open -> turn.retryNow(AttemptKey.refund(turn.paymentId, open.attempt())));
            case CHARGED, VOIDED, REFUNDED -> {}
        }
    }

    private static void answered(Turn turn, Answered answered) {
        if (!isCharging(turn, answered.attempt())) {
            return;
        }
        switch (answered.answer()) {
            case ChargeAnswer.Opened(String chargeId) -> turn.confirm(chargeId);
            case ChargeAnswer.Captured(String chargeId) ->
                turn.captured(new Capture(turn.attempt(), chargeId, turn.amountOr(null)));
            case ChargeAnswer.Declined(String reason) -> {
                turn.become(PaymentStatus.DECLINED);
                turn.say(new Fact.Declined(reason));
            }
            case ChargeAnswer.Pending(String paymentUrl, Instant until) -> {
                turn.become(PaymentStatus.PENDING);
                turn.say(new Fact.Pending(paymentUrl, until));
                turn.lookAgain();
            }
        }
    }

    /**
     * A success of the present attempt is taken at its word, for money that was captured stays so until we pay it back.
     * Everything else a notification says may be older than what is known, and only makes us ask.
     */
    private static void notified(Turn turn, Notified notified) {
        boolean current = notified.attempt() == turn.attempt();
        boolean success = notified.notice() == Notice.SUCCEEDED;
        String chargeId = notified.capture();
        switch (turn.status()) {
            case REQUESTED, UNKNOWN -> {
                if (current && success && chargeId != null) {
                    turn.stopCharging();
                    turn.captured(new Capture(turn.attempt(), chargeId, turn.amountOr(null)));
                } else if (!current && success) {
                    turn.lookNow();
                }
            }
            case PENDING -> {
                if (current && success && chargeId != null) {
                    turn.captured(new Capture(turn.attempt(), chargeId, turn.amountOr(null)));
                } else {
                    turn.lookNow();
                }
            }
            case DECLINED, VOIDED -> {
                if (success) {
                    turn.lookNow();
                }
            }
            case CHARGED, REFUNDED -> {
                Capture capture = turn.capture();
                if (success && (capture == null || capture.attempt() != notified.attempt())) {
                    turn.lookNow();
                }
            }
            // Both ask the provider before they end.
            case CANCELLING, REFUNDING -> {}
        }
    }

    private static void failed(Turn turn, TryFailed failed) {
        boolean givenUp = failed.retryAt() == null;
        switch (failed.call()) {
            case ProviderCall.Charge charge -> chargeFailed(turn, charge.attempt(), failed, givenUp);
            case ProviderCall.Confirm confirm -> chargeFailed(turn, confirm.attempt(), failed, givenUp);
            case ProviderCall.LookUp _, ProviderCall.Refund _ -> {
                if (givenUp) {
                    turn.lookAgain();
                }
                // An undo is repeated for as long as it takes: an outage of days must not fill the order's timeline.
                if (givenUp || Integer.bitCount(failed.tries()) == 1) {
                    turn.say(new Fact.AttemptFailed(failed.tries(), failed.reason(), failed.retryAt()));
                }
            }
        }
    }

    private static void chargeFailed(Turn turn, int attempt, TryFailed failed, boolean givenUp) {
        if (!isCharging(turn, attempt)) {
            return;
        }
        if (givenUp) {
            // The provider will not take this request; that it has never taken it before is not known.
            turn.doubt();
            turn.become(PaymentStatus.DECLINED);
            turn.say(new Fact.Declined(failed.reason()));
        } else {
            if (turn.status() == PaymentStatus.REQUESTED) {
                turn.become(PaymentStatus.UNKNOWN);
            }
            turn.tried();
            turn.say(new Fact.AttemptFailed(failed.tries(), failed.reason(), failed.retryAt()));
        }
    }

    /** Waiting behind our own brake is said of charges alone: nobody has a deadline for the other calls. */
    private static void held(Turn turn, Held held) {
        switch (held.call()) {
            case ProviderCall.Charge charge when isCharging(turn, charge.attempt()) -> turn.hold(held.reason());
            case ProviderCall.Confirm confirm when isCharging(turn, confirm.attempt()) -> turn.hold(held.reason());
            case ProviderCall.Charge _, ProviderCall.Confirm _, ProviderCall.LookUp _, ProviderCall.Refund _ -> {}
        }
    }

    private static boolean isCharging(Turn turn, int attempt) {
        boolean asked = turn.status() == PaymentStatus.REQUESTED || turn.status() == PaymentStatus.UNKNOWN;
        return asked && attempt == turn.attempt();
    }

    private static void woken(Turn turn, Woken woken) {
        if (!turn.takes(woken.wake(), woken.due())) {
            return;
        }
        switch (woken.wake()) {
            case LOOK -> turn.look();
            case CLOSE -> turn.drop();
        }
    }
}
