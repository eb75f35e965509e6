package dev.orderflow.order.rehearsal;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * A record that the saga has written, or would write, about an order.
 *
 * @param type {@code ce_type}
 * @param sequence its number among the records of the order; 0 for a dead letter, which has none
 * @param at when the saga decided it
 * @param content its values by path, such as {@code totals.tax}, in the order of the schema; without the times that the
 *     saga took from its clock
 */
public record Sent(String topic, String type, long sequence, Instant at, SequencedMap<String, Value> content) {

    public Sent {
        content = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(content));
    }

    /** Whether both are of the same kind. */
    boolean isLike(Sent other) {
        return topic.equals(other.topic) && type.equals(other.type);
    }
}
