package dev.orderflow.durable.runtime;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A decoded record of an input topic, with where it stands there, which for a dead letter that is sent again is where it was
 * read first.
 *
 * @param key the id inside the value that decides its partition, whatever key the record came with
 * @param offset {@link #NOT_KNOWN_YET} where it comes from a service that shares its transactions
 * @param timestamp the record's own time
 * @param bytes the value as it came, read-only
 */
public record Message<T>(
        T value,
        String key,
        String topic,
        int partition,
        long offset,
        Instant timestamp,
        Headers headers,
        ByteBuffer bytes) {

    /** The offset of a record that is handled in the transaction that writes it. */
    public static final long NOT_KNOWN_YET = -1;

    /** {@code ce_id}; null where it has none. */
    public @Nullable String eventId() {
        return EventHeaders.text(headers, EventHeaders.ID);
    }

    /** Where it stands. */
    public Origin origin() {
        return new Origin(topic, partition, offset);
    }
}
