package dev.orderflow.analytics;

import dev.orderflow.durable.service.ServiceMain;
import dev.orderflow.schemas.Topics;
import java.util.List;

/** The analytics-sink as a process of its own. */
public final class AnalyticsMain {

    private AnalyticsMain() {}

    /** Runs it until the process is asked to end. */
    public static void main(String[] args) {
        ServiceMain.run(
                args,
                settings -> {
                    int partitions = (int) settings.number("topics.partitions", 2, 1, 10_000);
                    short replication = (short) settings.number("topics.replication", 1, 1, 9);
                    return List.of(
                            Topics.ORDER_COMPLETED.toNewTopic(partitions, replication),
                            Topics.ORDER_REFUNDED.toNewTopic(partitions, replication),
                            Topics.ANALYTICS_DEAD_LETTERS.toNewTopic(partitions, replication));
                },
                AnalyticsService::new);
    }
}
