package dev.orderflow.order.topology;

import dev.orderflow.events.OrderInFlight;
import dev.orderflow.events.OrderRemembered;
import dev.orderflow.events.OrderSagaState;
import dev.orderflow.events.OrderView;
import dev.orderflow.events.PaymentProgress;
import dev.orderflow.events.StockProgress;
import dev.orderflow.order.saga.ClosedOrder;
import dev.orderflow.order.saga.OrderState;
import dev.orderflow.order.saga.PaymentStep;
import dev.orderflow.order.saga.SagaState;
import dev.orderflow.order.saga.StockStep;

/** What is kept of an order, to the store and back. */
final class StateAvro {

    private StateAvro() {}

    static SagaState state(String orderId, OrderSagaState stored) {
        return switch (stored.getState()) {
            case OrderInFlight order ->
                ViewAvro.order(
                        order.getView(),
                        order.getPlacedAt(),
                        stock(order.getStock()),
                        payment(order.getPayment()),
                        order.getDeadline(),
                        order.getTimer(),
                        order.getRepeats());
            case OrderRemembered closed -> closed(orderId, closed);
            case null, default ->
                throw new IllegalStateException(
                        "the state of order " + orderId + " is of a newer version: run that version again");
        };
    }

    static ClosedOrder closed(String orderId, OrderRemembered closed) {
        return new ClosedOrder(
                orderId,
                closed.getSequence(),
                PartsAvro.status(closed.getStatus()),
                closed.getContentHash(),
                closed.getChargeId(),
                closed.getClosedAt(),
                closed.getAcceptedAt());
    }

    /** @param view of the same order, which has been made already */
    static OrderSagaState stored(OrderState order, OrderView view) {
        if (order.deadline() == null) {
            throw new IllegalStateException("order " + order.orderId() + " is in flight without a deadline");
        }
        return new OrderSagaState(new OrderInFlight(
                view,
                order.order().placedAt(),
                stock(order.stock()),
                payment(order.payment()),
                order.deadline(),
                order.timer(),
                order.repeats()));
    }

    static OrderSagaState stored(ClosedOrder closed) {
        return new OrderSagaState(new OrderRemembered(
                closed.sequence(),
                PartsAvro.status(closed.status()),
                closed.contentHash(),
                closed.chargeId(),
                closed.closedAt(),
                closed.acceptedAt()));
    }

    private static StockProgress stock(StockStep step) {
        return switch (step) {
            case REQUESTED -> StockProgress.REQUESTED;
            case RESERVED -> StockProgress.RESERVED;
            case COMMITTED -> StockProgress.COMMITTED;
            case REJECTED -> StockProgress.REJECTED;
            case RELEASED -> StockProgress.RELEASED;
        };
    }

    private static StockStep stock(StockProgress progress) {
        return switch (progress) {
            case REQUESTED -> StockStep.REQUESTED;
            case RESERVED -> StockStep.RESERVED;
            case COMMITTED -> StockStep.COMMITTED;
            case REJECTED -> StockStep.REJECTED;
            case RELEASED -> StockStep.RELEASED;
            case UNKNOWN -> throw new IllegalStateException("a state of a newer version: run that version again");
        };
    }

    private static PaymentProgress payment(PaymentStep step) {
        return switch (step) {
            case REQUESTED -> PaymentProgress.REQUESTED;
            case PENDING -> PaymentProgress.PENDING;
            case HELD -> PaymentProgress.HELD;
            case CHARGED -> PaymentProgress.CHARGED;
            case DECLINED -> PaymentProgress.DECLINED;
            case CANCELLING -> PaymentProgress.CANCELLING;
            case VOIDED -> PaymentProgress.VOIDED;
            case REFUNDED -> PaymentProgress.REFUNDED;
        };
    }

    private static PaymentStep payment(PaymentProgress progress) {
        return switch (progress) {
            case REQUESTED -> PaymentStep.REQUESTED;
            case PENDING -> PaymentStep.PENDING;
            case HELD -> PaymentStep.HELD;
            case CHARGED -> PaymentStep.CHARGED;
            case DECLINED -> PaymentStep.DECLINED;
            case CANCELLING -> PaymentStep.CANCELLING;
            case VOIDED -> PaymentStep.VOIDED;
            case REFUNDED -> PaymentStep.REFUNDED;
            case UNKNOWN -> throw new IllegalStateException("a state of a newer version: run that version again");
        };
    }
}
