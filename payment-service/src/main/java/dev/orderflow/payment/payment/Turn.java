package dev.orderflow.payment.payment;

import dev.orderflow.payment.payment.Decision.CallChange;
import dev.orderflow.payment.payment.Decision.Said;
import dev.orderflow.payment.payment.Decision.TimerChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One decision while it is being made: the payment as it changes, and what is to follow. */
final class Turn {

    /** Begins the id of a charge that no provider knows: that of an order that costs nothing. */
    private static final String NO_CHARGE = "none:";

    final String paymentId;
    final Instant now;
    final PaymentRules rules;

    private PaymentStatus status;
    private int attempt;
    private @Nullable String opened;
    private boolean held;
    private int seen;
    private @Nullable Bill bill;
    private @Nullable Capture capture;
    private @Nullable String refundId;
    private final List<Capture> refunds;
    private boolean inDoubt;
    private int looks;
    private @Nullable Instant lookAt;
    private @Nullable Instant closesAt;
    private long said;
    private boolean dropped;

    private final List<Said> facts = new ArrayList<>(2);
    private final List<CallChange> calls = new ArrayList<>(2);
    private final List<TimerChange> timers = new ArrayList<>(2);

    Turn(Payment payment, Instant now, PaymentRules rules) {
        this.paymentId = payment.paymentId();
        this.now = now;
        this.rules = rules;
        this.status = payment.status();
        this.attempt = payment.attempt();
        this.opened = payment.opened();
        this.held = payment.held();
        this.seen = payment.seen();
        this.bill = payment.bill();
        this.capture = payment.capture();
        this.refundId = payment.refundId();
        this.refunds = new ArrayList<>(payment.refunds());
        this.inDoubt = payment.inDoubt();
        this.looks = payment.looks();
        this.lookAt = payment.lookAt();
        this.closesAt = payment.closesAt();
        this.said = payment.said();
    }

    /** A payment nobody has heard of before. */
    static Turn first(String paymentId, PaymentStatus status, @Nullable Bill bill, Instant now, PaymentRules rules) {
        return new Turn(
                new Payment(paymentId, status, 1, null, false, 0, bill, null, null, List.of(), false, 0, null, null, 0),
                now,
                rules);
    }

    Decision done() {
        Payment next = dropped
                ? null
                : new Payment(
                        paymentId, status, attempt, opened, held, seen, bill, capture, refundId, refunds, inDoubt,
                        looks, lookAt, closesAt, said);
        return new Decision(next, facts, calls, timers);
    }

    PaymentStatus status() {
        return status;
    }

    int attempt() {
        return attempt;
    }

    @Nullable
    Capture capture() {
        return capture;
    }

    List<Capture> refunds() {
        return List.copyOf(refunds);
    }

    boolean inDoubt() {
        return inDoubt;
    }

    /**
     * Goes to a status. A settled payment is dropped in time, counted from here; one in doubt is looked up once when
     * nothing can be on its way any more (a voided one has its own, longer series of looks).
     */
    void become(PaymentStatus next) {
        status = next;
        held = false;
        looks = 0;
        unsetLook();
        unsetClose();
        if (next.isSettled()) {
            closeLater();
        }
        if (inDoubt && next.isSettled() && next != PaymentStatus.VOIDED) {
            lookIn(rules.attemptLife().toMillis());
        }
    }

    void closeLater() {
        Instant due = now.plus(rules.retention());
        closesAt = due;
        timers.add(new TimerChange.Set(Wake.CLOSE, due));
    }

    void say(Fact fact) {
        say(attempt, fact);
    }

    void say(int aboutAttempt, Fact fact) {
        facts.add(new Said(++said, aboutAttempt, fact));
    }

    void bill(Bill learned) {
        bill = learned;
    }

    void doubt() {
        inDoubt = true;
    }

    void charge() {
        calls.add(new CallChange.Start(new ProviderCall.Charge(paymentId, attempt, Objects.requireNonNull(bill))));
    }

    /** The provider knows of this attempt, whoever has made it. */
    void saw(int atProvider) {
        seen = Math.max(seen, atProvider);
    }

    void chargeAnew() {
        attempt = Math.max(attempt, seen) + 1;
        opened = null;
        charge();
    }

    /** Confirms what the provider has opened. */
    void confirm(String chargeId) {
        opened = chargeId;
        calls.add(new CallChange.Start(new ProviderCall.Confirm(paymentId, attempt, chargeId)));
    }

    void stopCharging() {
        calls.add(new CallChange.Stop(chargeKey()));
    }

    /** Ends the pause before the next try of what charges the present attempt. */
    void chargeNow() {
        retryNow(chargeKey());
    }

    private String chargeKey() {
        return opened == null ? AttemptKey.charge(paymentId, attempt) : AttemptKey.confirm(paymentId, attempt);
    }

    /** Says once that the charge waits behind our own brake. */
    void hold(String reason) {
        if (!held) {
            held = true;
            say(new Fact.Held(reason));
        }
    }

    void tried() {
        held = false;
    }

    void retryNow(String key) {
        calls.add(new CallChange.RetryNow(key));
    }

    void captured(Capture charge) {
        capture = charge;
        become(PaymentStatus.CHARGED);
        say(charge.attempt(), new Fact.Charged(charge.chargeId(), charge.amount()));
    }

    Amount amountOr(@Nullable Amount told) {
        if (bill != null) {
            return bill.amount();
        }
        return told == null ? new Amount(0, Amount.NO_CURRENCY) : told;
    }

    /** The charge of an order that costs nothing needs no provider, and neither does its refund. */
    void capturedNothing(Amount zero) {
        captured(new Capture(attempt, NO_CHARGE + paymentId, zero));
    }

    /**
     * From here on everything captured is paid back. What is being paid back already is asked for again: its call may have
     * been given up.
     *
     * @param ofTheOrder the charge that its refund is told of when no other refund is left either
     */
    void beginPayingBack(Capture ofTheOrder) {
        become(PaymentStatus.REFUNDING);
        capture = ofTheOrder;
        refundId = null;
        List.copyOf(refunds).forEach(this::payBack);
        payBack(ofTheOrder);
    }

    /** Pays a charge back; one that is being paid back already is asked for again. */
    void payBack(Capture charge) {
        if (refunds.stream().noneMatch(open -> open.attempt() == charge.attempt())) {
            refunds.add(charge);
        }
        if (charge.chargeId().startsWith(NO_CHARGE)) {
            Undo.paidBack(this, charge.attempt(), charge.chargeId());
        } else {
            CallChange refund = new CallChange.Start(new ProviderCall.Refund(paymentId, charge));
            if (!calls.contains(refund)) {
                calls.add(refund);
            }
        }
    }

    /** Forgets an open refund that is done; nothing if there is none of this attempt. */
    @Nullable
    Capture paidBack(int ofAttempt) {
        for (Capture open : refunds) {
            if (open.attempt() == ofAttempt) {
                refunds.remove(open);
                return open;
            }
        }
        return null;
    }

    /** Whether this is the charge that the order's refund is told of, rather than one of an attempt that was over. */
    boolean isOfTheOrder(Capture charge) {
        return capture == null || capture.attempt() == charge.attempt();
    }

    /** Notes what paid the charge of the order back. */
    void refunded(Capture charge, String id) {
        capture = charge;
        refundId = id;
    }

    /** Notes a charge that the provider says was paid back before. */
    void wasPaidBack(Capture charge, String id) {
        refunded(charge, id);
        become(PaymentStatus.REFUNDED);
        sayEnd();
    }

    /** Says how the payment ended, for the first time or once more. */
    void sayEnd() {
        if (status == PaymentStatus.VOIDED) {
            say(new Fact.Voided());
        } else if (status == PaymentStatus.CHARGED && capture != null) {
            say(capture.attempt(), new Fact.Charged(capture.chargeId(), capture.amount()));
        } else if (status == PaymentStatus.REFUNDED && capture != null && refundId != null) {
            say(capture.attempt(), new Fact.Refunded(capture.chargeId(), refundId, capture.amount()));
        }
    }

    /** Gives up a look that is under way: what it finds is older than what is known now. */
    void stopLooking() {
        calls.add(new CallChange.Stop(ProviderCall.LookUp.keyOf(paymentId)));
    }

    boolean isWaitingToLook() {
        return lookAt != null;
    }

    void lookNow() {
        unsetLook();
        looks = 0;
        look();
    }

    /** The look that was waited for. */
    void look() {
        calls.add(new CallChange.Start(lookUp()));
    }

    private ProviderCall.LookUp lookUp() {
        boolean close =
                switch (status) {
                    case CANCELLING, VOIDED, REFUNDING, REFUNDED -> true;
                    case REQUESTED, UNKNOWN, PENDING, CHARGED, DECLINED -> false;
                };
        return new ProviderCall.LookUp(paymentId, attempt, opened, close);
    }

    void lookAgain() {
        lookIn(rules.look(looks++).toMillis());
    }

    void recheck() {
        long pause = rules.recheck(looks++).toMillis();
        if (pause >= 0) {
            lookIn(pause);
        }
    }

    void lookIn(long millis) {
        unsetLook();
        Instant due = now.plusMillis(millis);
        lookAt = due;
        timers.add(new TimerChange.Set(Wake.LOOK, due));
    }

    /** Whether this timer is the one that is waited for; then it is no longer. */
    boolean takes(Wake wake, Instant due) {
        switch (wake) {
            case LOOK -> {
                if (due.equals(lookAt)) {
                    lookAt = null;
                    return true;
                }
            }
            case CLOSE -> {
                if (due.equals(closesAt)) {
                    closesAt = null;
                    return true;
                }
            }
        }
        return false;
    }

    void drop() {
        unsetLook();
        dropped = true;
    }

    private void unsetLook() {
        if (lookAt != null) {
            timers.add(new TimerChange.Unset(Wake.LOOK, lookAt));
            lookAt = null;
        }
    }

    private void unsetClose() {
        if (closesAt != null) {
            timers.add(new TimerChange.Unset(Wake.CLOSE, closesAt));
            closesAt = null;
        }
    }
}
