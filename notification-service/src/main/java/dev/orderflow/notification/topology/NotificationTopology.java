package dev.orderflow.notification.topology;

import dev.orderflow.durable.effect.EffectBrake;
import dev.orderflow.durable.runtime.TaskDefinition;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.events.FollowUp;
import dev.orderflow.events.MailSent;
import dev.orderflow.events.OrderCancelled;
import dev.orderflow.events.OrderCompleted;
import dev.orderflow.events.OrderConfirmed;
import dev.orderflow.events.OrderRefunded;
import dev.orderflow.notification.delivery.Mailer;
import dev.orderflow.notification.message.CustomerDirectory;
import dev.orderflow.schemas.Topics;

/** What notification reads and keeps. It writes to nobody: mails are effects. */
public final class NotificationTopology {

    /** The name of the service. */
    public static final String SERVICE = "notification";

    static final String SENT = "sent";

    private NotificationTopology() {}

    /** The definition; whoever makes the mailer closes it. */
    public static TaskDefinition<NotificationHandler> definition(
            NotificationSettings settings, AvroSerdes serdes, CustomerDirectory directory, Mailer mailer) {
        return TaskDefinition.named(SERVICE, task -> new NotificationHandler(task, settings))
                .input(
                        Topics.ORDER_CONFIRMED.name(),
                        OrderConfirmed.class,
                        OrderConfirmed::getOrderId,
                        NotificationHandler::on)
                .input(
                        Topics.ORDER_CANCELLED.name(),
                        OrderCancelled.class,
                        OrderCancelled::getOrderId,
                        NotificationHandler::on)
                .input(
                        Topics.ORDER_COMPLETED.name(),
                        OrderCompleted.class,
                        OrderCompleted::getOrderId,
                        NotificationHandler::completed)
                .input(
                        Topics.ORDER_REFUNDED.name(),
                        OrderRefunded.class,
                        OrderRefunded::getOrderId,
                        NotificationHandler::refunded)
                .store(SENT, MailSent.class)
                .store(FollowUps.STORE, FollowUp.class)
                .timers()
                .effects(
                        new MailCall(serdes, directory, mailer, settings.locale()),
                        EffectBrake.atOnce(settings.atOnce()))
                .relaxed()
                .build();
    }
}
