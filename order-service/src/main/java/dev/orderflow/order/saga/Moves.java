package dev.orderflow.order.saga;

import java.time.Duration;

/** The ways in which an order goes from one state to the next. */
final class Moves {

    private static final Duration LONGEST_REPEAT = Duration.ofHours(1);

    private Moves() {}

    /** Stock is held; payment has the time that it may take. */
    static void charge(Draft order) {
        order.stock = StockStep.RESERVED;
        order.status = Status.CHARGING;
        order.deadline = order.now.plus(order.settings.paymentDeadline());
    }

    /** Stock is held and the card is charged. */
    static void confirm(Draft order) {
        order.status = Status.CONFIRMED;
        order.outcome = Outcome.CONFIRMED;
        order.confirmedAt = order.now;
        order.dispatchDueAt = order.now.plus(order.settings.dispatchDuration());
        order.deadline = order.dispatchDueAt;
        order.paymentUrl = null;
        order.note(Step.ORDER_CONFIRMED, null);
        order.send(new Output.Confirmed());
        order.send(new Output.CommitStock(order.order.stockLocation()));
        if (order.settings.dispatchDuration().isZero()) {
            complete(order);
        }
    }

    /** Dispatched in full. */
    static void complete(Draft order) {
        order.status = Status.COMPLETED;
        order.completedAt = order.now;
        order.note(Step.ORDER_COMPLETED, null);
        order.send(new Output.Completed());
    }

    /** A deadline has passed: whoever is late says whether it was done in time. */
    static void expire(Draft order) {
        order.note(order.stock == StockStep.REQUESTED ? Step.RESERVE_DEADLINE : Step.PAYMENT_DEADLINE, null);
        order.status = Status.EXPIRING;
        order.repeats = 0;
        order.deadline = order.now.plus(order.settings.undoRepeat());
        askWhetherDone(order);
    }

    /** Undoes what may have run, in reverse, and waits for it. */
    static void undo(Draft order, Ending ending) {
        order.status = Status.CANCELLING;
        order.ending = ending;
        order.paymentUrl = null;
        order.repeats = 0;
        order.deadline = order.now.plus(order.settings.undoRepeat());
        sendUndo(order);
        endWhenUndone(order);
    }

    /** Ends a cancelled order as soon as all is known to be undone. */
    static void endWhenUndone(Draft order) {
        if (order.status == Status.CANCELLING && order.stock.undone() && order.payment.undone()) {
            cancelled(order, ending(order));
        }
    }

    /** Ended without a sale: nothing is held, nothing is charged. */
    static void cancelled(Draft order, Ending ending) {
        order.status = Status.CANCELLED;
        order.outcome = Outcome.CANCELLED;
        order.ending = ending;
        order.note(Step.ORDER_CANCELLED, ending.detail());
        order.send(new Output.Cancelled());
    }

    /** Pays a dispatched order back. */
    static void refund(Draft order) {
        order.status = Status.REFUNDING;
        order.repeats = 0;
        order.deadline = order.now.plus(order.settings.undoRepeat());
        sendUndo(order);
    }

    /** Paid back after it was dispatched. */
    static void refunded(Draft order) {
        order.status = Status.REFUNDED;
        order.note(Step.ORDER_REFUNDED, order.refundReason);
        order.send(new Output.Refunded());
    }

    /** Asks again for what is not answered yet, less and less often. */
    static void repeatUndo(Draft order) {
        order.repeats++;
        Duration first = order.settings.undoRepeat();
        Duration longest = first.compareTo(LONGEST_REPEAT) > 0 ? first : LONGEST_REPEAT;
        Duration doubled = first.multipliedBy(1L << Math.min(order.repeats, 12));
        order.deadline = order.now.plus(doubled.compareTo(longest) > 0 ? longest : doubled);
        if (awaitsAnswer(order)) {
            order.note(Step.UNDO_REPEATED, "no answer yet");
            resendUndo(order);
        }
    }

    /** Asks again at once for what is not answered yet. */
    static void resendUndo(Draft order) {
        if (order.status == Status.EXPIRING) {
            askWhetherDone(order);
        } else {
            sendUndo(order);
        }
    }

    /** Why an order that ran out of time ends. */
    static Ending timeout(Draft order) {
        String late = order.stock == StockStep.RESERVED ? "the payment was not done in time" : "stock did not answer";
        return Ending.of(CancelReason.TIMEOUT, late);
    }

    private static boolean awaitsAnswer(Draft order) {
        return order.status == Status.EXPIRING
                || !order.payment.undoAcknowledged()
                || (order.status == Status.CANCELLING && !order.stock.undone());
    }

    private static void askWhetherDone(Draft order) {
        if (order.stock == StockStep.REQUESTED) {
            order.send(new Output.ReleaseStock(order.order.stockLocation(), true));
        } else {
            order.send(new Output.CancelPayment(true, "timeout"));
        }
    }

    private static void sendUndo(Draft order) {
        if (!order.payment.undoAcknowledged()) {
            order.send(
                    order.chargeId == null
                            ? new Output.CancelPayment(false, undoReason(order))
                            : new Output.RefundPayment(undoReason(order)));
        }
        if (order.status == Status.CANCELLING && !order.stock.undone()) {
            order.send(new Output.ReleaseStock(order.order.stockLocation(), false));
        }
    }

    private static String undoReason(Draft order) {
        if (order.status == Status.CANCELLING) {
            return ending(order).detail();
        }
        return order.refundReason == null ? "refund requested" : order.refundReason;
    }

    private static Ending ending(Draft order) {
        if (order.ending == null) {
            throw new IllegalStateException("order " + order.order.orderId() + " is being undone without a reason");
        }
        return order.ending;
    }
}
