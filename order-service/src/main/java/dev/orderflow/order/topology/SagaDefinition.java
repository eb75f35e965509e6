package dev.orderflow.order.topology;

import dev.orderflow.durable.runtime.TaskDefinition;
import dev.orderflow.events.InventoryCommand;
import dev.orderflow.events.InventoryEvent;
import dev.orderflow.events.OrderAccepted;
import dev.orderflow.events.OrderCancelled;
import dev.orderflow.events.OrderCompleted;
import dev.orderflow.events.OrderConfirmed;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.OrderRefunded;
import dev.orderflow.events.OrderRequest;
import dev.orderflow.events.OrderSagaState;
import dev.orderflow.events.OrderView;
import dev.orderflow.events.PaymentCommand;
import dev.orderflow.events.PaymentEvent;
import dev.orderflow.order.saga.SagaSettings;
import dev.orderflow.schemas.Topics;

/** The service {@code order-saga}: which topics it reads, writes and what it keeps. */
public final class SagaDefinition {

    /** The name of the service. */
    public static final String SERVICE = "order-saga";

    private SagaDefinition() {}

    /**
     * The definition with these settings.
     *
     * @param audience is told of views that it waits for as soon as they are committed
     */
    public static TaskDefinition<SagaHandler> of(SagaSettings settings, ViewAudience audience) {
        return TaskDefinition.named(SERVICE, task -> new SagaHandler(task, settings, audience))
                .input(Topics.ORDER_PLACED.name(), OrderPlaced.class, OrderPlaced::getOrderId, SagaHandler::placed)
                .inputOfServices(
                        Topics.INVENTORY_EVENTS.name(),
                        InventoryEvent.class,
                        InventoryEvent::getOrderId,
                        SagaHandler::stock)
                .inputOfServices(
                        Topics.PAYMENT_EVENTS.name(),
                        PaymentEvent.class,
                        PaymentEvent::getOrderId,
                        SagaHandler::payment)
                .input(Topics.ORDER_REQUESTS.name(), OrderRequest.class, OrderRequest::getOrderId, SagaHandler::asked)
                .output(Topics.ORDER_ACCEPTED.name(), OrderAccepted.class)
                .output(Topics.INVENTORY_COMMANDS.name(), InventoryCommand.class)
                .output(Topics.PAYMENT_COMMANDS.name(), PaymentCommand.class)
                .output(Topics.ORDER_CONFIRMED.name(), OrderConfirmed.class)
                .output(Topics.ORDER_CANCELLED.name(), OrderCancelled.class)
                .output(Topics.ORDER_COMPLETED.name(), OrderCompleted.class)
                .output(Topics.ORDER_REFUNDED.name(), OrderRefunded.class)
                .output(Topics.ORDER_VIEW.name(), OrderView.class)
                .store(SagaHandler.STORE, OrderSagaState.class)
                .timers()
                .build();
    }
}
