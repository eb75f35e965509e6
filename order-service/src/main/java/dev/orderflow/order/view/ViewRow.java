package dev.orderflow.order.view;

import dev.orderflow.events.OrderStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One order in a table: what the table itself needs to know, in front of the bytes as they came from the topic. */
final class ViewRow {

    private final long sequence;
    private final long createdAt;
    private final OrderStatus status;
    private final byte[] view;

    /**
     * A row.
     *
     * @param sequence of the view: a newer one is greater
     * @param createdAt milliseconds since 1970
     * @param view the record's value, untouched
     */
    ViewRow(long sequence, long createdAt, OrderStatus status, byte[] view) {
        this.sequence = sequence;
        this.createdAt = createdAt;
        this.status = status;
        this.view = view;
    }

    static ViewRow of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long sequence = buffer.getLong();
        long createdAt = buffer.getLong();
        byte[] name = new byte[buffer.get()];
        buffer.get(name);
        byte[] view = new byte[buffer.remaining()];
        buffer.get(view);
        return new ViewRow(sequence, createdAt, OrderStatus.valueOf(new String(name, StandardCharsets.US_ASCII)), view);
    }

    byte[] bytes() {
        byte[] name = status.name().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(2 * Long.BYTES + 1 + name.length + view.length)
                .putLong(sequence)
                .putLong(createdAt)
                .put((byte) name.length)
                .put(name)
                .put(view)
                .array();
    }

    long sequence() {
        return sequence;
    }

    long createdAt() {
        return createdAt;
    }

    OrderStatus status() {
        return status;
    }

    /** The record's value; not to be changed. */
    byte[] view() {
        return view;
    }

    /** Its place in the list of all orders. */
    ListPosition position(String orderId) {
        return new ListPosition(createdAt, orderId);
    }
}
