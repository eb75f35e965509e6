package dev.orderflow.payment.payment;

import dev.orderflow.payment.payment.Found.Standing;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What follows from what the provider says it knows of an order's attempts. */
final class LookUps {

    /** The refund's id where the provider tells only that there was one. */
    private static final String UNNAMED = "refunded:";

    private LookUps() {}

    static void answered(Turn turn, List<Found> found) {
        found.forEach(attempt -> turn.saw(attempt.attempt()));
        switch (turn.status()) {
            case REQUESTED, UNKNOWN -> doubtOthers(turn, found);
            case PENDING -> {
                doubtOthers(turn, found);
                pending(turn, present(turn, found));
            }
            case DECLINED -> adopt(turn, found);
            case CHARGED -> payBackStrays(turn, found);
            case CANCELLING -> cancelling(turn, found);
            case REFUNDING -> refunding(turn, found);
            case VOIDED -> {
                payBackAll(turn, found);
                if (turn.status() == PaymentStatus.VOIDED) {
                    turn.recheck();
                }
            }
            case REFUNDED -> payBackAll(turn, found);
        }
    }

    private static void pending(Turn turn, Optional<Found> present) {
        if (present.isEmpty()) {
            turn.lookAgain();
            return;
        }
        switch (present.get().standing()) {
            case CAPTURED -> turn.captured(capture(turn, present.get()));
            case DECLINED -> decline(turn, "The payment was not approved");
            case REFUNDED -> decline(turn, "The payment was approved and paid back at the provider");
            case PENDING -> turn.lookAgain();
        }
    }

    private static void decline(Turn turn, String reason) {
        // It was open at the provider until now: that it stays as it is has yet to be seen.
        turn.doubt();
        turn.become(PaymentStatus.DECLINED);
        turn.say(new Fact.Declined(reason));
    }

    private static void cancelling(Turn turn, List<Found> found) {
        if (turn.isWaitingToLook()) {
            // Asked before the cancel: a try may still have been on its way.
            return;
        }
        payBackAll(turn, found);
        if (turn.status() != PaymentStatus.CANCELLING) {
            return;
        }
        if (any(found, Standing.PENDING)) {
            turn.lookAgain();
            return;
        }
        Optional<Found> refunded = first(found, Standing.REFUNDED);
        if (refunded.isPresent()) {
            Capture past = capture(turn, refunded.get());
            turn.wasPaidBack(past, UNNAMED + past.chargeId());
            return;
        }
        turn.become(PaymentStatus.VOIDED);
        turn.say(new Fact.Voided());
        turn.recheck();
    }

    /**
     * The provider was asked because a refund was refused: it was done before, or is tried again. What is captured comes
     * first, so that the last refund that was done is not taken for the end.
     */
    private static void refunding(Turn turn, List<Found> found) {
        captured(found).forEach(attempt -> turn.payBack(capture(turn, attempt)));
        boolean unclear = false;
        for (Capture open : turn.refunds()) {
            Optional<Standing> known = found.stream()
                    .filter(attempt -> attempt.attempt() == open.attempt())
                    .map(Found::standing)
                    .findFirst();
            if (known.equals(Optional.of(Standing.REFUNDED))) {
                Undo.paidBack(turn, open.attempt(), UNNAMED + open.chargeId());
            } else {
                unclear |= !known.equals(Optional.of(Standing.CAPTURED));
            }
        }
        if (unclear) {
            turn.lookAgain();
        }
    }

    /** Nothing may stay charged: every capture that the provider knows is paid back. */
    private static void payBackAll(Turn turn, List<Found> found) {
        newestCapture(found).ifPresent(newest -> {
            turn.beginPayingBack(capture(turn, newest));
            payBackStrays(turn, found);
        });
    }

    private static Optional<Found> newestCapture(List<Found> found) {
        return captured(found).max(Comparator.comparingInt(Found::attempt));
    }

    private static Stream<Found> captured(List<Found> found) {
        return found.stream().filter(attempt -> attempt.standing() == Standing.CAPTURED);
    }

    /** Other attempts are looked at again when the present one is known. */
    private static void doubtOthers(Turn turn, List<Found> found) {
        if (found.stream().anyMatch(attempt -> attempt.attempt() != turn.attempt())) {
            turn.doubt();
        }
    }

    /**
     * A capture stands although its attempt was declined, or was made by an instance that lost the order before it could
     * write it down: a retry that will be read again leads to the same attempt, so it must not be paid back meanwhile.
     */
    private static void adopt(Turn turn, List<Found> found) {
        newestCapture(found).ifPresent(newest -> {
            turn.captured(capture(turn, newest));
            payBackStrays(turn, found);
        });
    }

    /** Every capture but the order's own is paid back. */
    private static void payBackStrays(Turn turn, List<Found> found) {
        Capture own = turn.capture();
        if (own != null) {
            captured(found)
                    .filter(attempt -> attempt.attempt() != own.attempt())
                    .forEach(attempt -> turn.payBack(capture(turn, attempt)));
        }
    }

    private static Optional<Found> present(Turn turn, List<Found> found) {
        return found.stream()
                .filter(attempt -> attempt.attempt() == turn.attempt())
                .findFirst();
    }

    private static boolean any(List<Found> found, Standing standing) {
        return first(found, standing).isPresent();
    }

    private static Optional<Found> first(List<Found> found, Standing standing) {
        return found.stream().filter(attempt -> attempt.standing() == standing).findFirst();
    }

    private static Capture capture(Turn turn, Found found) {
        String chargeId = found.chargeId();
        return new Capture(found.attempt(), chargeId == null ? "unnamed" : chargeId, turn.amountOr(found.amount()));
    }
}
