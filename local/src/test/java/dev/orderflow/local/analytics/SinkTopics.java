package dev.orderflow.local.analytics;

import dev.orderflow.durable.runtime.TopicCheck;
import dev.orderflow.schemas.Topics;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** The topics of the analytics-sink: two partitions for what it reads. */
final class SinkTopics {

    private SinkTopics() {}

    /** Creates those that are missing. */
    static void create(String bootstrap) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            TopicCheck.ensure(
                    admin,
                    List.of(
                            Topics.ORDER_COMPLETED.toNewTopic(2, (short) 1),
                            Topics.ORDER_REFUNDED.toNewTopic(2, (short) 1),
                            Topics.ORDER_VIEW.toNewTopic(2, (short) 1),
                            Topics.ANALYTICS_DEAD_LETTERS.toNewTopic(1, (short) 1)));
        }
    }
}
