package dev.orderflow.analytics;

import dev.orderflow.durable.service.ServiceMain;
import dev.orderflow.schemas.Topics;

/** The analytics-sink as a process of its own. */
public final class AnalyticsMain {

    private AnalyticsMain() {}

    /** Runs it until the process is asked to end. */
    public static void main(String[] args) {
        ServiceMain.run(args, Topics::toCreate, AnalyticsService::new);
    }
}
