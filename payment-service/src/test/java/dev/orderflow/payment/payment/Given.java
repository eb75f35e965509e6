package dev.orderflow.payment.payment;

import dev.orderflow.payment.payment.Decision.CallChange;
import dev.orderflow.payment.payment.Decision.Said;
import dev.orderflow.payment.payment.Decision.TimerChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One payment driven by messages: "given these, expect those". Time passes only by {@link #after}. */
final class Given {

    static final String ORDER = "o-1";
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Duration ATTEMPT_LIFE = Duration.ofSeconds(12);
    static final Duration RETENTION = Duration.ofDays(8);
    static final PaymentRules RULES = PaymentRules.of(ATTEMPT_LIFE, RETENTION);
    static final Amount AMOUNT = new Amount(2999, "USD");
    static final Bill BILL = new Bill("user-1", "pm_card", AMOUNT);

    static final ProviderCall.Charge CHARGE = new ProviderCall.Charge(ORDER, 1, BILL);
    static final ProviderCall.LookUp LOOK_UP = new ProviderCall.LookUp(ORDER, 1, null, false);
    static final ProviderCall.LookUp CLOSE = new ProviderCall.LookUp(ORDER, 1, null, true);
    static final ProviderCall.Refund REFUND = new ProviderCall.Refund(ORDER, new Capture(1, "ch_1", AMOUNT));

    private final Payments payments = new Payments(RULES);
    private final List<TimerChange.Set> timers = new ArrayList<>();
    private @Nullable Payment payment;
    private Instant now = START;
    private Decision last = Decision.nothing(null);

    static Given nothing() {
        return new Given();
    }

    static Given reserved() {
        return new Given().when(new PaymentMessage.StockReserved(BILL));
    }

    static Given charged() {
        return reserved().when(captured(1, "ch_1"));
    }

    static Given declined() {
        return reserved().when(declined(1, "card_declined"));
    }

    static PaymentMessage captured(int attempt, String chargeId) {
        return new PaymentMessage.Answered(attempt, new ChargeAnswer.Captured(chargeId));
    }

    static PaymentMessage declined(int attempt, String reason) {
        return new PaymentMessage.Answered(attempt, new ChargeAnswer.Declined(reason));
    }

    static PaymentMessage opened(int attempt, String chargeId) {
        return new PaymentMessage.Answered(attempt, new ChargeAnswer.Opened(chargeId));
    }

    static PaymentMessage pending(int attempt) {
        return new PaymentMessage.Answered(attempt, new ChargeAnswer.Pending("http://pay/1", null));
    }

    static PaymentMessage found(Found... found) {
        return new PaymentMessage.LookedUp(List.of(found));
    }

    static Found capture(int attempt, String chargeId) {
        return new Found(attempt, Found.Standing.CAPTURED, chargeId, AMOUNT);
    }

    Given when(PaymentMessage message) {
        last = payments.decide(ORDER, payment, message, now);
        payment = last.next();
        for (TimerChange change : last.timers()) {
            switch (change) {
                case TimerChange.Set set -> timers.add(set);
                case TimerChange.Unset unset -> timers.remove(new TimerChange.Set(unset.wake(), unset.due()));
            }
        }
        return this;
    }

    /** Lets time pass, and every timer fire that is due by then, in order. */
    Given after(Duration duration) {
        Instant end = now.plus(duration);
        for (Optional<TimerChange.Set> due = next(end); due.isPresent(); due = next(end)) {
            timers.remove(due.get());
            now = due.get().due();
            when(new PaymentMessage.Woken(due.get().wake(), due.get().due()));
        }
        now = end;
        return this;
    }

    private Optional<TimerChange.Set> next(Instant end) {
        return timers.stream()
                .filter(timer -> !timer.due().isAfter(end))
                .min(java.util.Comparator.comparing(TimerChange.Set::due));
    }

    @Nullable
    PaymentStatus status() {
        return payment == null ? null : payment.status();
    }

    @Nullable
    Payment payment() {
        return payment;
    }

    Instant now() {
        return now;
    }

    /** What the last message led to. */
    List<Fact> facts() {
        return last.facts().stream().map(Said::fact).toList();
    }

    List<Said> said() {
        return last.facts();
    }

    List<ProviderCall> started() {
        return last.calls().stream()
                .filter(CallChange.Start.class::isInstance)
                .map(change -> ((CallChange.Start) change).call())
                .toList();
    }

    List<String> stopped() {
        return last.calls().stream()
                .filter(CallChange.Stop.class::isInstance)
                .map(change -> ((CallChange.Stop) change).key())
                .toList();
    }

    List<String> hurried() {
        return last.calls().stream()
                .filter(CallChange.RetryNow.class::isInstance)
                .map(change -> ((CallChange.RetryNow) change).key())
                .toList();
    }

    List<TimerChange.Set> timers() {
        return List.copyOf(timers);
    }
}
