package dev.orderflow.order.saga;

import dev.orderflow.order.saga.SagaMessage.OfStock;

/** What follows from what inventory says of an order in flight. */
final class StockSteps {

    private StockSteps() {}

    static void apply(Draft order, OfStock message) {
        switch (message.fact()) {
            case StockFact.Reserved _ -> reserved(order, message);
            case StockFact.Rejected rejected -> rejected(order, rejected, message);
            case StockFact.Released released -> released(order, released, message);
            case StockFact.Committed _ -> committed(order, message);
        }
    }

    private static void reserved(Draft order, OfStock message) {
        // A payment fact may have said so before: then this is only the evidence for it.
        if (order.noted(Step.STOCK_RESERVED)) {
            return;
        }
        order.note(Step.STOCK_RESERVED, null, message.evidence());
        if (order.stock != StockStep.REQUESTED) {
            return;
        }
        switch (order.status) {
            case RESERVING, EXPIRING -> Moves.charge(order);
            // The undo already sent takes care of it, and is waited for.
            case CANCELLING -> order.stock = StockStep.RESERVED;
            case CHARGING, CONFIRMED, COMPLETED, REFUNDING, REFUNDED, CANCELLED, REJECTED ->
                throw impossible(order, "its stock is only requested");
        }
    }

    private static void rejected(Draft order, StockFact.Rejected rejected, OfStock message) {
        if (order.stock == StockStep.REJECTED) {
            return;
        }
        if (order.stock != StockStep.REQUESTED) {
            outOfPlace(order, "StockRejected", message);
            return;
        }
        order.stock = StockStep.REJECTED;
        Ending ending = new Ending(CancelReason.OUT_OF_STOCK, shortOf(rejected), rejected.shortages());
        order.note(Step.STOCK_REJECTED, ending.detail(), message.evidence());
        switch (order.status) {
            // Never reserved, so never charged: nothing has to be undone.
            case RESERVING, EXPIRING -> Moves.cancelled(order, ending);
            case CANCELLING -> Moves.endWhenUndone(order);
            case CHARGING, CONFIRMED, COMPLETED, REFUNDING, REFUNDED, CANCELLED, REJECTED ->
                throw impossible(order, "its stock is only requested");
        }
    }

    private static void released(Draft order, StockFact.Released released, OfStock message) {
        if (order.stock == StockStep.RELEASED) {
            return;
        }
        switch (order.status) {
            case CANCELLING -> {
                order.stock = StockStep.RELEASED;
                order.note(Step.STOCK_RELEASED, null, message.evidence());
                Moves.endWhenUndone(order);
            }
            case EXPIRING -> {
                if (order.stock == StockStep.REQUESTED) {
                    expired(order, released, message);
                } else {
                    outOfPlace(order, "StockReleased", message);
                }
            }
            case RESERVING, CHARGING, CONFIRMED, COMPLETED, REFUNDING, REFUNDED, CANCELLED, REJECTED ->
                outOfPlace(order, "StockReleased", message);
        }
    }

    private static void expired(Draft order, StockFact.Released released, OfStock message) {
        Ending timeout = Moves.timeout(order);
        order.stock = StockStep.RELEASED;
        order.note(Step.STOCK_RELEASED, null, message.evidence());
        if (released.wasReserved()) {
            // It was held for a while, so payment may have begun.
            Moves.undo(order, timeout);
        } else {
            Moves.cancelled(order, timeout);
        }
    }

    private static void committed(Draft order, OfStock message) {
        if (order.noted(Step.STOCK_COMMITTED)) {
            return;
        }
        if (order.confirmedAt == null) {
            outOfPlace(order, "StockCommitted", message);
            return;
        }
        order.note(Step.STOCK_COMMITTED, null, message.evidence());
        if (order.stock == StockStep.RESERVED) {
            order.stock = StockStep.COMMITTED;
        }
    }

    private static void outOfPlace(Draft order, String fact, OfStock message) {
        order.note(Step.OUT_OF_PLACE, fact + " while the order is " + order.status, message.evidence());
    }

    private static String shortOf(StockFact.Rejected rejected) {
        StringBuilder detail = new StringBuilder("out of stock");
        String separator = ": ";
        for (Shortage shortage :
                rejected.shortages().subList(0, Math.min(3, rejected.shortages().size()))) {
            detail.append(separator)
                    .append(shortage.productId())
                    .append(" (")
                    .append(shortage.available())
                    .append(" of ")
                    .append(shortage.requested())
                    .append(')');
            separator = ", ";
        }
        return rejected.shortages().size() > 3 ? detail.append(", ...").toString() : detail.toString();
    }

    private static IllegalStateException impossible(Draft order, String why) {
        return new IllegalStateException("order " + order.order.orderId() + " is " + order.status + ", yet " + why);
    }
}
