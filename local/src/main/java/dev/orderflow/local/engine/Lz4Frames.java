package dev.orderflow.local.engine;

import com.clickhouse.data.stream.Lz4InputStream;
import com.clickhouse.data.stream.Lz4OutputStream;
import java.io.InputStream;
import java.io.OutputStream;

/** ClickHouse's own framing of compressed blocks: checksum, lengths, LZ4. What {@code compress=1} in a URL means. */
@SuppressWarnings("deprecation") // The client's newer classes for the same frames are internal to it.
final class Lz4Frames {

    private static final int BLOCK = 64 * 1024;

    private Lz4Frames() {}

    /** Compresses what is written; closing it writes the last block. */
    static OutputStream compress(OutputStream out) {
        return new Lz4OutputStream(out, BLOCK, null);
    }

    /** Expands what is read. */
    static InputStream expand(InputStream in) {
        return new Lz4InputStream(in);
    }
}
