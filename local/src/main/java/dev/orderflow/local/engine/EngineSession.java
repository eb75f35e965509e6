package dev.orderflow.local.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.orderflow.local.foreign.NativeFunctions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One connection to the engine: statements run one after the other. Not thread-safe. */
final class EngineSession implements AutoCloseable {

    private final Chdb chdb;
    private final MemorySegment pointer;
    private final MemorySegment connection;

    /** @param pointer what {@code chdb_connect} returned */
    EngineSession(Chdb chdb, MemorySegment pointer) {
        this.chdb = chdb;
        this.pointer = pointer;
        this.connection = NativeFunctions.sized(pointer, ADDRESS.byteSize()).get(ADDRESS, 0);
    }

    /**
     * Runs a statement to its end.
     *
     * @param statement without data to insert
     * @param format of the result, unless the statement names one
     * @param parameters values of {@code {name:Type}}, escaped as in TabSeparated
     * @throws EngineException when the engine refuses the statement or fails while it runs
     */
    EngineResult query(String statement, String format, Map<String, String> parameters) {
        try (Arena arena = Arena.ofConfined()) {
            return EngineResult.of(chdb, execute(chdb.query, arena, statement, format, parameters));
        }
    }

    /** Runs a statement whose result nobody needs. */
    void run(String statement) {
        query(statement, "TabSeparated", Map.of()).close();
    }

    /**
     * Starts an insert whose rows follow.
     *
     * @param statement up to but without {@code FORMAT} or {@code VALUES}
     * @param format of the rows
     */
    EngineInsert insert(String statement, String format, Map<String, String> parameters) {
        try (Arena arena = Arena.ofConfined()) {
            return new EngineInsert(chdb, execute(chdb.insert, arena, statement, format, parameters));
        }
    }

    /** How many statements the text holds, by the engine's own parser; 0 for a text that it cannot parse. */
    int statements(String text) {
        try (Arena arena = Arena.ofConfined()) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            MemorySegment analysis = arena.allocate(Chdb.analysisLayout());
            analysis.setAtIndex(JAVA_INT, 0, (int) analysis.byteSize());
            int failed = chdb.classify.statement(
                    connection, bytes(arena, utf8), utf8.length, MemorySegment.NULL, 0, analysis);
            return failed == 0 ? analysis.getAtIndex(JAVA_INT, 1) : 0;
        }
    }

    private MemorySegment execute(
            Chdb.Execute function, Arena arena, String statement, String format, Map<String, String> parameters) {
        int count = parameters.size();
        byte[] sql = statement.getBytes(StandardCharsets.UTF_8);
        byte[] formatName = format.getBytes(StandardCharsets.UTF_8);
        MemorySegment names = arena.allocate(ADDRESS, count);
        MemorySegment nameLengths = arena.allocate(JAVA_LONG, count);
        MemorySegment values = arena.allocate(ADDRESS, count);
        MemorySegment valueLengths = arena.allocate(JAVA_LONG, count);
        int i = 0;
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            put(arena, names, nameLengths, i, parameter.getKey());
            put(arena, values, valueLengths, i, parameter.getValue());
            i++;
        }
        return function.start(
                connection,
                bytes(arena, sql),
                sql.length,
                bytes(arena, formatName),
                formatName.length,
                names,
                nameLengths,
                values,
                valueLengths,
                count);
    }

    private static void put(
            SegmentAllocator arena, MemorySegment pointers, MemorySegment lengths, int index, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        pointers.setAtIndex(ADDRESS, index, bytes(arena, utf8));
        lengths.setAtIndex(JAVA_LONG, index, utf8.length);
    }

    /** The bytes and a zero byte: an empty text must have an address, too. */
    private static MemorySegment bytes(SegmentAllocator arena, byte[] bytes) {
        MemorySegment segment = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, segment, JAVA_BYTE, 0, bytes.length);
        return segment;
    }

    @Override
    public void close() {
        chdb.close.of(pointer);
    }
}
