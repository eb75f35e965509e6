package dev.orderflow.order.saga;

import org.jspecify.annotations.Nullable;

/**
 * Where the record is that stands behind an entry of a timeline.
 *
 * @param topic its topic
 * @param partition 0 or more
 * @param offset 0 or more; -1 where it was handled in the transaction that wrote it, which nobody knows the offsets of yet
 * @param eventId what tells the record from others; null where the offset does
 */
public record Evidence(
        String topic, int partition, long offset, @Nullable String eventId) {

    /** A record whose offset is known. */
    public Evidence(String topic, int partition, long offset) {
        this(topic, partition, offset, null);
    }
}
