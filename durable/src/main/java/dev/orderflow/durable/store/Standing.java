package dev.orderflow.durable.store;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How far a table has come.
 *
 * @param offset of the last record of the changelog that is in it; {@link #UNKNOWN} when nothing is known of it
 * @param aliveAt when it was last known to miss nothing, in milliseconds since 1970
 */
record Standing(long offset, long aliveAt) {

    /** What Kafka Streams itself says of a store of which it knows no offset: it is restored from the beginning. */
    static final long UNKNOWN = -4;

    /** @param bytes null or of another length where a table says nothing of itself */
    static Standing of(byte @Nullable [] bytes) {
        if (bytes == null || bytes.length != 2 * Long.BYTES) {
            return new Standing(UNKNOWN, 0);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Standing(buffer.getLong(), buffer.getLong());
    }

    byte[] bytes() {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(offset)
                .putLong(aliveAt)
                .array();
    }

    Standing at(long other) {
        return new Standing(other, aliveAt);
    }

    Standing aliveAgain(long now) {
        return new Standing(offset, now);
    }
}
