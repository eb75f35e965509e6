package dev.orderflow.notification;

import dev.orderflow.durable.runtime.DurableApplication;
import dev.orderflow.durable.service.OrderflowService;
import dev.orderflow.durable.service.ServiceContext;
import dev.orderflow.notification.delivery.Mailer;
import dev.orderflow.notification.delivery.SandboxDirectory;
import dev.orderflow.notification.delivery.SmtpMailer;
import dev.orderflow.notification.delivery.SmtpSettings;
import dev.orderflow.notification.topology.NotificationSettings;
import dev.orderflow.notification.topology.NotificationTopology;
import java.util.List;

/**
 * Notification: mails customers what became of their orders. A mail server that is down delays mails and nothing else, so
 * it is no part of being ready.
 */
public final class NotificationService implements OrderflowService {

    private final Mailer mailer;
    private final DurableApplication application;

    /** A service that has not begun. */
    public NotificationService(ServiceContext context) {
        mailer = new SmtpMailer(SmtpSettings.from(context.settings()));
        application = new DurableApplication(
                NotificationTopology.definition(
                        NotificationSettings.from(context.settings()),
                        context.serdes(),
                        new SandboxDirectory(),
                        mailer),
                context.kafka(),
                context.serdes(),
                context.meters());
    }

    @Override
    public String name() {
        return NotificationTopology.SERVICE;
    }

    @Override
    public List<Object> beans() {
        return List.of();
    }

    @Override
    public void start() {
        application.start();
    }

    @Override
    public boolean isReady() {
        return application.isReady();
    }

    @Override
    public boolean isAlive() {
        return application.isAlive();
    }

    @Override
    public String status() {
        return application.state();
    }

    @Override
    public void close() {
        application.close();
        mailer.close();
    }
}
