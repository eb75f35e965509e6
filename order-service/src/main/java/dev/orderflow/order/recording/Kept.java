package dev.orderflow.order.recording;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A record as it waits for its order's turn.
 *
 * @param topic where it stands, and where the record stood that a dead letter is about
 * @param time of an input its own, of a dead letter when it was set aside, of a view when dispatch is due, in milliseconds
 *     since 1970; -1 where there is none
 * @param number of an output its sequence, of an input 1 where it was handled
 * @param text of an output {@code ce_type}, of a dead letter its reason; else empty
 * @param value its bytes; of a view the timeline as {@link Timelines} writes it; else empty
 */
record Kept(
        Kind kind,
        String orderId,
        String topic,
        int partition,
        long offset,
        long time,
        long number,
        String text,
        ByteBuffer value) {

    static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** What it is. */
    enum Kind {
        INPUT,
        SENT,
        VIEW,
        SET_ASIDE,
        REDRIVEN
    }

    static Kept redriven(String orderId) {
        return new Kept(Kind.REDRIVEN, orderId, "", 0, 0, 0, 0, "", NOTHING);
    }

    byte[] bytes() {
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        return bytes;
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(kind.name());
        out.writeUTF(orderId);
        out.writeUTF(topic);
        out.writeInt(partition);
        out.writeLong(offset);
        out.writeLong(time);
        out.writeLong(number);
        out.writeUTF(text);
        byte[] bytes = bytes();
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static Kept read(DataInput in) throws IOException {
        Kind kind = Kind.valueOf(in.readUTF());
        String orderId = in.readUTF();
        String topic = in.readUTF();
        int partition = in.readInt();
        long offset = in.readLong();
        long time = in.readLong();
        long number = in.readLong();
        String text = in.readUTF();
        byte[] value = new byte[in.readInt()];
        in.readFully(value);
        return new Kept(kind, orderId, topic, partition, offset, time, number, text, ByteBuffer.wrap(value));
    }
}
