package dev.orderflow.local.engine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.orderflow.local.foreign.NativeFunctions;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** An insert that takes its rows as they come. Closing it before {@link #finish} gives the insert up. */
final class EngineInsert implements AutoCloseable {

    private static final int CHUNK = 256 * 1024;

    private final Chdb chdb;
    private final MemorySegment stream;

    /** Takes over a stream; releases it and throws where it is an error. */
    EngineInsert(Chdb chdb, MemorySegment stream) {
        this.chdb = chdb;
        this.stream = stream;
        if (!error().isEmpty()) {
            EngineException refused = EngineException.reported(error());
            close();
            throw refused;
        }
    }

    /**
     * Appends bytes until the source ends, or until the engine has failed; {@link #finish} then says why. Waits while
     * the engine is behind.
     *
     * @throws IOException when the source fails; close this insert then
     */
    void append(InputStream rows) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(CHUNK);
            byte[] chunk = new byte[CHUNK];
            for (int size = rows.read(chunk); size >= 0; size = rows.read(chunk)) {
                MemorySegment.copy(chunk, 0, memory, JAVA_BYTE, 0, size);
                if (chdb.append.bytes(stream, memory, size) != 0) {
                    return;
                }
            }
        }
    }

    /**
     * Says that there are no more rows, and returns when they are written.
     *
     * @throws EngineException when the engine could not read or write the rows
     */
    EngineResult finish() {
        return EngineResult.of(chdb, chdb.insertDone.of(stream));
    }

    private String error() {
        return NativeFunctions.text(chdb.insertError.of(stream));
    }

    @Override
    public void close() {
        chdb.destroyInsert.of(stream);
    }
}
