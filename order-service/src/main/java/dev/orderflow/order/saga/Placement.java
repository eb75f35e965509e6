package dev.orderflow.order.saga;

import dev.orderflow.order.saga.SagaMessage.Placed;
import java.time.Instant;
import java.util.List;

/** What follows from an order that is placed. */
final class Placement {

    private final OrderValidation validation;
    private final SagaSettings settings;

    Placement(OrderValidation validation, SagaSettings settings) {
        this.validation = validation;
        this.settings = settings;
    }

    /** Nothing is known under this id. */
    Decision first(Placed message, Instant now) {
        if (!OrderId.isValid(message.order().orderId())) {
            return new Decision.Unusable(
                    "its id does not match " + OrderId.PATTERN + ", so nobody could ask for it by this id");
        }
        return switch (validation.assess(message.order())) {
            case Assessment.Valid(PricedOrder order) -> accepted(order, 0, message, now);
            case Assessment.Invalid invalid -> rejected(invalid, 0, message, now);
        };
    }

    /** The id was used for an order that is closed. */
    Decision again(ClosedOrder closed, Placed message, Instant now) {
        if (closed.status() != Status.REJECTED) {
            return validation.contentHash(message.order()).equals(closed.contentHash())
                    ? Draft.UNCHANGED
                    : new Decision.Unusable("it is " + closed.status()
                            + ", and was placed again with other content: the first stands; use a new id");
        }
        return switch (validation.assess(message.order())) {
            case Assessment.Valid(PricedOrder order) -> accepted(order, closed.sequence(), message, now);
            case Assessment.Invalid invalid ->
                invalid.contentHash().equals(closed.contentHash())
                        ? Draft.UNCHANGED
                        : rejected(invalid, closed.sequence(), message, now);
        };
    }

    /** The id belongs to an order in flight. */
    void again(Draft order, Placed message) {
        String hash = validation.contentHash(message.order());
        if (!hash.equals(order.order.contentHash())) {
            order.note(
                    Step.CONTENT_CONFLICT,
                    "placed again with other content (" + hash + "): the first stands",
                    message.evidence());
        }
    }

    private Decision accepted(PricedOrder priced, long sequenceBefore, Placed message, Instant now) {
        Draft order = new Draft(priced, sequenceBefore, settings, now);
        order.deadline = now.plus(settings.reserveDeadline());
        order.note(Step.ORDER_ACCEPTED, null, message.evidence());
        order.send(new Output.Accepted());
        return order.decision();
    }

    private Decision rejected(Assessment.Invalid invalid, long sequenceBefore, Placed message, Instant now) {
        long first = sequenceBefore + 1;
        long view = sequenceBefore + 2;
        PlacedOrder asked = validation.normalise(message.order());
        int faults = invalid.faults().size();
        TimelineEntry entry = new TimelineEntry(
                first,
                Step.ORDER_REJECTED,
                now,
                1,
                null,
                faults == 1 ? "1 fault" : faults + " faults",
                message.evidence());
        return new Decision.Rejected(
                new RejectedOrder(asked, view, invalid.contentHash(), invalid.faults(), now, List.of(entry)),
                new ClosedOrder(asked.orderId(), view, Status.REJECTED, invalid.contentHash(), null, now, null));
    }
}
