package dev.orderflow.local.engine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.orderflow.local.foreign.NativeFunctions;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;

/** What a statement returned, in the engine's memory until it is closed. */
final class EngineResult implements AutoCloseable {

    private static final int CHUNK = 64 * 1024;

    private final Chdb chdb;
    private final MemorySegment handle;

    private EngineResult(Chdb chdb, MemorySegment handle) {
        this.chdb = chdb;
        this.handle = handle;
    }

    /** Takes over a result; releases it and throws where it is an error. */
    static EngineResult of(Chdb chdb, MemorySegment handle) {
        EngineResult result = new EngineResult(chdb, handle);
        String error = NativeFunctions.text(chdb.resultError.of(handle));
        if (!error.isEmpty()) {
            result.close();
            throw EngineException.reported(error);
        }
        return result;
    }

    /** Length of the formatted rows, in bytes. */
    long length() {
        return chdb.resultLength.of(handle);
    }

    /** What reading and writing cost, for the summary header. */
    QuerySummary summary() {
        return new QuerySummary(
                chdb.rowsRead.of(handle),
                chdb.bytesRead.of(handle),
                chdb.rowsWritten.of(handle),
                chdb.bytesWritten.of(handle),
                chdb.resultRows.of(handle),
                length());
    }

    /** Copies the formatted rows. */
    void writeTo(OutputStream out) throws IOException {
        long length = length();
        if (length == 0) {
            return;
        }
        MemorySegment rows = NativeFunctions.sized(chdb.resultBuffer.of(handle), length);
        byte[] chunk = new byte[(int) Math.min(CHUNK, length)];
        for (long offset = 0; offset < length; offset += chunk.length) {
            int size = (int) Math.min(chunk.length, length - offset);
            MemorySegment.copy(rows, JAVA_BYTE, offset, chunk, 0, size);
            out.write(chunk, 0, size);
        }
    }

    @Override
    public void close() {
        chdb.destroyResult.of(handle);
    }
}
