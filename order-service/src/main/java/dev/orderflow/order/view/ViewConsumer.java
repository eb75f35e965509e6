package dev.orderflow.order.view;

import dev.orderflow.durable.runtime.KafkaConnection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;

/** The settings of the consumer that fills the view. */
final class ViewConsumer {

    private static final int RECORDS_AT_ONCE = 2_000;
    /** A fetch ends as soon as there is a record: this is only how often one begins anew while there is none. */
    private static final int FETCH_WAIT_MS = 2_000;

    private static final int RECONNECT_MS = 50;
    private static final int RECONNECT_MAX_MS = 500;

    private ViewConsumer() {}

    static Map<String, Object> properties(KafkaConnection kafka, String group, String clientId) {
        int sessionMs = Math.toIntExact(kafka.sessionTimeout().toMillis());
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, group + "-" + kafka.instance());
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // Positions are kept in the tables themselves, in the write that they belong to.
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_AT_ONCE);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS);
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, sessionMs);
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, sessionMs / 4);
        properties.put(ConsumerConfig.RECONNECT_BACKOFF_MS_CONFIG, RECONNECT_MS);
        properties.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_MAX_MS);
        return properties;
    }
}
