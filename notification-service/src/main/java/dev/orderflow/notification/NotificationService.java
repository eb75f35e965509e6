package dev.orderflow.notification;

import dev.orderflow.durable.service.ComposedService;
import dev.orderflow.durable.service.ServiceContext;
import dev.orderflow.notification.delivery.Mailer;
import dev.orderflow.notification.delivery.SandboxDirectory;
import dev.orderflow.notification.delivery.SmtpMailer;
import dev.orderflow.notification.delivery.SmtpSettings;
import dev.orderflow.notification.topology.NotificationSettings;
import dev.orderflow.notification.topology.NotificationTopology;

/**
 * Notification: mails customers what became of their orders. A mail server that is down delays mails and nothing else, so
 * it is no part of being ready.
 */
public final class NotificationService extends ComposedService {

    /** A service that has not begun. */
    public NotificationService(ServiceContext context) {
        super(NotificationTopology.SERVICE);
        Mailer mailer = new SmtpMailer(SmtpSettings.from(context.settings()));
        manage(mailer::close);
        manage(context.application(NotificationTopology.definition(
                NotificationSettings.from(context.settings()), context.serdes(), new SandboxDirectory(), mailer)));
    }
}
