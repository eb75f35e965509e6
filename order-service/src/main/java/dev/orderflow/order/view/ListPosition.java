package dev.orderflow.order.view;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A place in the list of orders, which goes from the newest to the oldest, and by id among those of one millisecond.
 *
 * @param createdAt milliseconds since 1970
 */
public record ListPosition(long createdAt, String orderId) implements Comparable<ListPosition> {

    /** Earlier in the list is less. */
    @Override
    public int compareTo(ListPosition other) {
        int byTime = Long.compare(other.createdAt, createdAt);
        return byTime != 0 ? byTime : orderId.compareTo(other.orderId);
    }

    /** A text for URLs that only {@link #parse} needs to understand. */
    public String cursor() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes());
    }

    /** The place that a cursor stands for; empty where it is none of ours. */
    public static Optional<ListPosition> parse(String cursor) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            return bytes.length <= Long.BYTES ? Optional.empty() : Optional.of(of(bytes));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** The time inverted, then the id: sorted as unsigned bytes this is the order of the list. */
    byte[] bytes() {
        byte[] id = orderId.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + id.length)
                .putLong(Long.MAX_VALUE - createdAt)
                .put(id)
                .array();
    }

    static ListPosition of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long createdAt = Long.MAX_VALUE - buffer.getLong();
        return new ListPosition(
                createdAt, new String(bytes, Long.BYTES, bytes.length - Long.BYTES, StandardCharsets.UTF_8));
    }
}
