package dev.orderflow.notification;

import dev.orderflow.durable.service.ServiceMain;
import dev.orderflow.schemas.Topics;

/** Runs notification as a process of its own. */
public final class NotificationMain {

    private NotificationMain() {}

    /** Runs until it is asked to end; {@link ServiceMain} says with which arguments. */
    public static void main(String[] args) {
        ServiceMain.run(args, Topics::toCreate, NotificationService::new);
    }
}
