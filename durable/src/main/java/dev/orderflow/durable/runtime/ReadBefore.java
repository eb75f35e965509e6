package dev.orderflow.durable.runtime;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * How far services have read while each had transactions of its own: what they share goes on where the one is that is least far,
 * and the others have read some of that before. Immutable.
 *
 * @param positions of each service, the offset behind the last record that it has handled
 */
record ReadBefore(Map<String, Map<TopicPartition, Long>> positions) {

    /** Nothing. */
    static final ReadBefore NOTHING = new ReadBefore(Map.of());

    /** Whether this service has handled this record then. */
    boolean has(String service, String topic, int partition, long offset) {
        if (positions.isEmpty()) {
            return false;
        }
        Long position = positions.getOrDefault(service, Map.of()).get(new TopicPartition(topic, partition));
        return position != null && offset < position;
    }
}
