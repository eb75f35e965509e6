package dev.orderflow.analytics.clickhouse;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Collects values in ClickHouse's RowBinary format: little endian, text with its length in front. It is kept in memory, so
 * that a repeated request sends the same bytes without making them again. Not thread-safe.
 */
final class RowBinary {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final int MORE = 0x80;
    private static final int BITS = 7;
    private static final int MAX_LENGTH_BYTES = 5;

    private byte[] bytes;
    private int size;

    /** @param expected bytes; it grows where that is not enough */
    RowBinary(int expected) {
        this.bytes = new byte[Math.max(expected, Long.BYTES)];
    }

    RowBinary() {
        this(256);
    }

    /** An Int8, UInt8 or Enum8. */
    RowBinary int8(int value) {
        room(1);
        bytes[size++] = (byte) value;
        return this;
    }

    /** An Int32 or UInt32. */
    RowBinary int32(int value) {
        room(Integer.BYTES);
        INT.set(bytes, size, value);
        size += Integer.BYTES;
        return this;
    }

    /** An Int64, UInt64 or DateTime64. */
    RowBinary int64(long value) {
        room(Long.BYTES);
        LONG.set(bytes, size, value);
        size += Long.BYTES;
        return this;
    }

    /** A Nullable(DateTime64(3)). */
    RowBinary momentOrNull(@Nullable Instant moment) {
        return moment == null ? int8(1) : int8(0).int64(moment.toEpochMilli());
    }

    /** A String or LowCardinality(String). */
    RowBinary text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        length(utf8.length);
        room(utf8.length);
        System.arraycopy(utf8, 0, bytes, size, utf8.length);
        size += utf8.length;
        return this;
    }

    /** An Array. */
    <T, V> RowBinary array(List<T> elements, Function<T, V> value, BiConsumer<RowBinary, V> writer) {
        length(elements.size());
        for (T element : elements) {
            writer.accept(this, value.apply(element));
        }
        return this;
    }

    /** Bytes so far. */
    int size() {
        return size;
    }

    /** Writes all of it. */
    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
    }

    private void length(int length) {
        room(MAX_LENGTH_BYTES);
        int rest = length;
        while (rest >= MORE) {
            bytes[size++] = (byte) ((rest & (MORE - 1)) | MORE);
            rest >>>= BITS;
        }
        bytes[size++] = (byte) rest;
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
