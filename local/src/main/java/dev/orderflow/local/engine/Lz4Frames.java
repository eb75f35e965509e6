package dev.orderflow.local.engine;

import com.clickhouse.data.stream.Lz4OutputStream;
import java.io.OutputStream;

/** ClickHouse's own framing of compressed blocks: checksum, lengths, LZ4. What {@code compress=1} in a URL means. */
@SuppressWarnings("deprecation") // The client's newer class for the same frames is internal to it.
final class Lz4Frames {

    private static final int BLOCK = 64 * 1024;

    private Lz4Frames() {}

    /** Compresses what is written; closing it writes the last block. */
    static OutputStream compress(OutputStream out) {
        return new Lz4OutputStream(out, BLOCK, null);
    }
}
