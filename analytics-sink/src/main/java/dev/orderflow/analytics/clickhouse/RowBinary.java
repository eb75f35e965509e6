package dev.orderflow.analytics.clickhouse;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes values in ClickHouse's RowBinary format: little endian, text with its length in front. Not thread-safe. */
final class RowBinary {

    private static final int MORE = 0x80;
    private static final int BITS = 7;

    private final OutputStream out;
    private final byte[] scratch = new byte[Long.BYTES];
    private final ByteBuffer numbers = ByteBuffer.wrap(scratch).order(ByteOrder.LITTLE_ENDIAN);

    /** @param out should be buffered: it is written to value by value */
    RowBinary(OutputStream out) {
        this.out = out;
    }

    /** An Int8, UInt8 or Enum8. */
    RowBinary int8(int value) throws IOException {
        out.write(value);
        return this;
    }

    /** An Int32 or UInt32. */
    RowBinary int32(int value) throws IOException {
        numbers.putInt(0, value);
        out.write(scratch, 0, Integer.BYTES);
        return this;
    }

    /** An Int64, UInt64 or DateTime64. */
    RowBinary int64(long value) throws IOException {
        numbers.putLong(0, value);
        out.write(scratch, 0, Long.BYTES);
        return this;
    }

    /** A String or LowCardinality(String). */
    RowBinary text(String value) throws IOException {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        int length = bytes.length;
        while (length >= MORE) {
            out.write((length & (MORE - 1)) | MORE);
            length >>>= BITS;
        }
        out.write(length);
        out.write(bytes);
        return this;
    }
}
