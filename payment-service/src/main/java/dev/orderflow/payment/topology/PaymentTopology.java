package dev.orderflow.payment.topology;

import dev.orderflow.durable.effect.EffectBrake;
import dev.orderflow.durable.effect.RetryPolicy;
import dev.orderflow.durable.runtime.TaskDefinition;
import dev.orderflow.events.InventoryEvent;
import dev.orderflow.events.PaymentCommand;
import dev.orderflow.events.PaymentEvent;
import dev.orderflow.events.PaymentState;
import dev.orderflow.events.PaymentWebhook;
import dev.orderflow.payment.payment.PaymentRules;
import dev.orderflow.payment.payment.Payments;
import dev.orderflow.payment.provider.PaymentProvider;
import dev.orderflow.schemas.Topics;
import java.time.Duration;
import java.time.InstantSource;

/** What the payment service is made of on Kafka. */
public final class PaymentTopology {

    /** The name of the service. */
    public static final String SERVICE = "payment";

    /** The payments of orders, by order id. */
    public static final String STORE = "payments";

    private PaymentTopology() {}

    /**
     * The definition of the service.
     *
     * @param policy how calls to the provider are tried again
     * @param brake how many calls may begin and run, of all instances together
     * @param idempotencyWindow for so long the provider knows a key
     * @param clock to measure that window
     */
    public static TaskDefinition<?> definition(
            PaymentProvider provider,
            PaymentRules rules,
            RetryPolicy policy,
            EffectBrake brake,
            Duration idempotencyWindow,
            InstantSource clock) {
        Payments payments = new Payments(rules);
        return TaskDefinition.named(SERVICE, task -> new PaymentTask(task, payments, policy))
                .inputOfServices(
                        Topics.INVENTORY_EVENTS.name(),
                        InventoryEvent.class,
                        InventoryEvent::getOrderId,
                        PaymentTask::onInventory)
                .inputOfServices(
                        Topics.PAYMENT_COMMANDS.name(),
                        PaymentCommand.class,
                        PaymentCommand::getOrderId,
                        PaymentTask::onCommand)
                .input(
                        Topics.PAYMENT_WEBHOOKS.name(),
                        PaymentWebhook.class,
                        PaymentWebhook::getOrderId,
                        PaymentTask::onWebhook)
                .output(Topics.PAYMENT_EVENTS.name(), PaymentEvent.class)
                .store(STORE, PaymentState.class)
                .effects(new ProviderCalls(provider, idempotencyWindow, clock), brake)
                .timers()
                .build();
    }
}
