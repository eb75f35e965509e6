package dev.orderflow.order.saga.model;

import dev.orderflow.order.saga.Decision;
import dev.orderflow.order.saga.OrderState;
import dev.orderflow.order.saga.Output;
import dev.orderflow.order.saga.Status;
import dev.orderflow.order.saga.model.ModelInventory.Hold;
import dev.orderflow.order.saga.model.ModelPayment.Phase;

/** What holds after every step, and what holds in the end. */
final class SagaRules {

    private SagaRules() {}

    static void checkOutputs(Decision.Changed changed, long sequenceBefore) {
        int outputs = changed.outputs().size();
        require(
                changed.next().sequence() == sequenceBefore + outputs,
                "the sequence does not count the records: " + changed.next().sequence());
        require(outputs == 0 || changed.firstSequence() == sequenceBefore + 1, "a sequence number is left out");
        for (int i = 0; i < outputs; i++) {
            boolean view = changed.outputs().get(i) instanceof Output.View;
            require(view == (i == outputs - 1), "a decision has one view, and it comes last: " + changed.outputs());
        }
    }

    static void checkTimers(World world) {
        boolean inFlight = world.state instanceof OrderState;
        require(
                world.timers.size() == (inFlight ? 1 : 0),
                "order " + world.state.status() + " has " + world.timers.size() + " timers");
        if (world.state instanceof OrderState order) {
            require(world.timers.getFirst().equals(order.timer()), "another timer is set than the order knows of");
            require(!order.timer().isAfter(order.deadline()), "the timer is later than the deadline");
        }
    }

    /** An order is said to be cancelled when everything is undone, and not before. */
    static void checkCancelled(World world) {
        Hold hold = world.inventory.hold;
        require(hold != Hold.HELD && hold != Hold.COMMITTED, "cancelled while its stock is " + hold);
        require(
                world.payment.undoneOnce || world.payment.phase == Phase.NONE,
                "cancelled while its payment is " + world.payment.phase);
    }

    static void checkEnd(World world) {
        Status status = world.state.status();
        require(status.closed(), "the order has not ended, it is " + status);
        int kept = world.payment.captured - world.payment.paidBack;
        require(kept == (status == Status.COMPLETED ? 1 : 0), status + ", and charges kept: " + kept);
        Hold hold = world.inventory.hold;
        boolean sold = status == Status.COMPLETED || status == Status.REFUNDED;
        require(
                sold ? hold == Hold.COMMITTED : hold != Hold.HELD && hold != Hold.COMMITTED,
                status + ", and its stock is " + hold);
        long confirmed = world.written(Output.Confirmed.class);
        long cancelled = world.written(Output.Cancelled.class);
        require(world.written(Output.Accepted.class) == 1, "accepted more than once");
        require(confirmed <= 1, "confirmed " + confirmed + " times");
        require(world.written(Output.Completed.class) == (sold ? 1 : 0), "completed, or not, against its status");
        require(world.written(Output.Refunded.class) == (status == Status.REFUNDED ? 1 : 0), "refunded, or not");
        require(cancelled == (status == Status.CANCELLED ? 1 : 0), "cancelled " + cancelled + " times");
        require(!sold || confirmed == 1, "sold without being confirmed");
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
