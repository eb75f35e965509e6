package dev.orderflow.order.saga.model;

import dev.orderflow.order.saga.Money;
import dev.orderflow.order.saga.PaymentFact;
import java.time.Instant;
import java.util.function.BiConsumer;

/**
 * Payment and its provider as the saga may rely on them: money moves at the provider at any moment, payment hears of it
 * later; a cancel leaves a tombstone, and ends when it is known what the provider did.
 */
final class ModelPayment {

    enum Phase {
        NONE,
        REQUESTED,
        PENDING,
        DECLINED,
        CHARGED,
        CANCELLING,
        VOIDED,
        REFUNDING,
        REFUNDED
    }

    private final Money due;
    private final BiConsumer<Integer, PaymentFact> facts;
    private boolean onItsWay;

    Phase phase = Phase.NONE;
    int attempt = 1;
    int captured;
    int paidBack;
    boolean undoneOnce;

    ModelPayment(Money due, BiConsumer<Integer, PaymentFact> facts) {
        this.due = due;
        this.facts = facts;
    }

    void stockReserved() {
        if (phase == Phase.NONE) {
            phase = Phase.REQUESTED;
            onItsWay = true;
        } else if (phase == Phase.VOIDED) {
            say(new PaymentFact.Voided());
        }
    }

    void cancel(boolean unlessDone) {
        switch (phase) {
            case NONE, REQUESTED, PENDING, DECLINED -> {
                phase = Phase.CANCELLING;
                say(new PaymentFact.Cancelling());
            }
            case CHARGED -> {
                if (!unlessDone) {
                    say(new PaymentFact.Cancelling());
                    phase = Phase.REFUNDING;
                }
            }
            case CANCELLING, REFUNDING -> {}
            case VOIDED -> say(new PaymentFact.Voided());
            case REFUNDED -> sayRefunded();
        }
    }

    void refund() {
        if (phase == Phase.CHARGED) {
            phase = Phase.REFUNDING;
        } else {
            cancel(false);
        }
    }

    void retry() {
        if (phase == Phase.DECLINED) {
            attempt++;
            phase = Phase.REQUESTED;
            onItsWay = true;
        }
    }

    /** The provider takes the money; nobody has been told. A request may still arrive long after it was cancelled. */
    boolean capture() {
        if (!onItsWay || captured > paidBack) {
            return false;
        }
        onItsWay = false;
        captured++;
        return true;
    }

    /** The provider answers, or fails to. */
    boolean answer(int how, boolean wrongAmount) {
        switch (phase) {
            case REQUESTED, PENDING -> {
                if (captured > paidBack) {
                    phase = Phase.CHARGED;
                    sayCharged(wrongAmount);
                } else {
                    notCaptured(how);
                }
                return true;
            }
            // "Declined" was not final.
            case DECLINED -> {
                if (captured > paidBack) {
                    phase = Phase.CHARGED;
                    sayCharged(wrongAmount);
                    return true;
                }
                return false;
            }
            case NONE, CHARGED, CANCELLING, VOIDED, REFUNDING, REFUNDED -> {
                return false;
            }
        }
        throw new AssertionError(phase);
    }

    /** What is being undone is settled with the provider. */
    boolean settle() {
        switch (phase) {
            case CANCELLING -> {
                if (captured > paidBack) {
                    phase = Phase.REFUNDING;
                } else {
                    phase = Phase.VOIDED;
                    undoneOnce = true;
                    say(new PaymentFact.Voided());
                }
                return true;
            }
            case REFUNDING -> {
                paidBack++;
                phase = Phase.REFUNDED;
                undoneOnce = true;
                sayRefunded();
                return true;
            }
            // A straggler took the money after all: payment finds it, says so and pays it back by itself.
            case VOIDED, REFUNDED -> {
                if (captured > paidBack) {
                    sayCharged(false);
                    phase = Phase.REFUNDING;
                    return true;
                }
                return false;
            }
            case NONE, REQUESTED, PENDING, DECLINED, CHARGED -> {
                return false;
            }
        }
        throw new AssertionError(phase);
    }

    private void notCaptured(int how) {
        switch (Math.floorMod(how, 4)) {
            case 0 -> {
                phase = Phase.DECLINED;
                say(new PaymentFact.Declined("card refused"));
            }
            case 1 -> {
                phase = Phase.PENDING;
                say(new PaymentFact.Pending("https://pay.example/" + attempt, null));
            }
            case 2 -> say(new PaymentFact.AttemptFailed(1, "timed out", Instant.EPOCH));
            default -> say(new PaymentFact.Held("paused"));
        }
    }

    private void sayCharged(boolean wrongAmount) {
        say(new PaymentFact.Charged("ch-" + captured, wrongAmount ? new Money(due.amount() - 1, due.currency()) : due));
    }

    private void sayRefunded() {
        say(new PaymentFact.Refunded("ch-" + captured, "re-" + paidBack));
    }

    private void say(PaymentFact fact) {
        facts.accept(attempt, fact);
    }
}
