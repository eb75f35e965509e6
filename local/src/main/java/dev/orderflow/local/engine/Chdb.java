package dev.orderflow.local.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.orderflow.local.foreign.NativeFunctions;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * The functions of the engine's C interface (chdb.h) that this program calls, as Java interfaces.
 *
 * <p>One per process: the library keeps its state in globals. The functions may be called from any thread; one
 * connection, and what was made from it, belongs to one thread at a time.
 */
final class Chdb {

    /** {@code void set_signal_handlers_enabled(int)}. */
    public interface Switch {
        void set(int enabled);
    }

    /** {@code connection *connect(int argc, char **argv)}; null when the engine cannot start. */
    public interface Connect {
        MemorySegment open(int count, MemorySegment arguments);
    }

    /** A function that releases what it is given, or ends it. */
    public interface Release {
        void of(MemorySegment handle);
    }

    /** Text that belongs to the handle, ended by a zero byte; null where there is none. */
    public interface Text {
        MemorySegment of(MemorySegment handle);
    }

    /** A count that the handle knows. */
    public interface Count {
        long of(MemorySegment handle);
    }

    /** A statement with named parameters: the result of a query, or a stream to insert into. */
    public interface Execute {
        MemorySegment start(
                MemorySegment connection,
                MemorySegment statement,
                long statementLength,
                MemorySegment format,
                long formatLength,
                MemorySegment names,
                MemorySegment nameLengths,
                MemorySegment values,
                MemorySegment valueLengths,
                long count);
    }

    /** {@code int stream_append(stream, bytes, length)}; 0 when the bytes were taken. */
    public interface Append {
        int bytes(MemorySegment stream, MemorySegment bytes, long length);
    }

    /** {@code int classify_query_n(connection, sql, length, database, length, analysis)}; 0 when it was analysed. */
    public interface Classify {
        int statement(
                MemorySegment connection,
                MemorySegment statement,
                long statementLength,
                MemorySegment database,
                long databaseLength,
                MemorySegment analysis);
    }

    /** What a function returns that gives another handle for the one it is given. */
    public interface Handle {
        MemorySegment of(MemorySegment handle);
    }

    private static final FunctionDescriptor EXECUTE = FunctionDescriptor.of(
            ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
    private static final FunctionDescriptor RELEASE = FunctionDescriptor.ofVoid(ADDRESS);
    private static final FunctionDescriptor ADDRESS_OF = FunctionDescriptor.of(ADDRESS, ADDRESS);
    private static final FunctionDescriptor COUNT_OF = FunctionDescriptor.of(JAVA_LONG, ADDRESS);

    private final NativeFunctions library;

    final Switch signalHandlers;
    final Connect connect;
    final Release close;
    final Execute query;
    final Classify classify;
    final Text resultError;
    final Handle resultBuffer;
    final Count resultLength;
    final Count resultRows;
    final Count rowsRead;
    final Count bytesRead;
    final Count rowsWritten;
    final Count bytesWritten;
    final Release destroyResult;
    final Execute insert;
    final Append append;
    final Handle insertDone;
    final Text insertError;
    final Release destroyInsert;

    private Chdb(NativeFunctions library) {
        this.library = library;
        signalHandlers = bind(Switch.class, "chdb_set_signal_handlers_enabled", FunctionDescriptor.ofVoid(JAVA_INT));
        connect = bind(Connect.class, "chdb_connect", FunctionDescriptor.of(ADDRESS, JAVA_INT, ADDRESS));
        close = bind(Release.class, "chdb_close_conn", RELEASE);
        query = bind(Execute.class, "chdb_query_with_params_n", EXECUTE);
        classify = bind(
                Classify.class,
                "chdb_classify_query_n",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS));
        resultError = bind(Text.class, "chdb_result_error", ADDRESS_OF);
        resultBuffer = bind(Handle.class, "chdb_result_buffer", ADDRESS_OF);
        resultLength = bind(Count.class, "chdb_result_length", COUNT_OF);
        resultRows = bind(Count.class, "chdb_result_rows_read", COUNT_OF);
        rowsRead = bind(Count.class, "chdb_result_storage_rows_read", COUNT_OF);
        bytesRead = bind(Count.class, "chdb_result_storage_bytes_read", COUNT_OF);
        rowsWritten = bind(Count.class, "chdb_result_rows_written", COUNT_OF);
        bytesWritten = bind(Count.class, "chdb_result_bytes_written", COUNT_OF);
        destroyResult = bind(Release.class, "chdb_destroy_query_result", RELEASE);
        insert = bind(Execute.class, "chdb_stream_insert_with_params_n", EXECUTE);
        append = bind(Append.class, "chdb_stream_append", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG));
        insertDone = bind(Handle.class, "chdb_stream_done", ADDRESS_OF);
        insertError = bind(Text.class, "chdb_stream_insert_error", ADDRESS_OF);
        destroyInsert = bind(Release.class, "chdb_destroy_insert_stream", RELEASE);
    }

    /**
     * Loads the library into this process, for good, and keeps it from taking the signals that the JVM needs.
     *
     * @throws IllegalArgumentException when there is no such library, or it does not fit this machine
     * @throws IllegalStateException when a function is missing: another version of the engine
     */
    static Chdb load(Path library) {
        Chdb chdb = new Chdb(NativeFunctions.of(library));
        // The JVM turns SIGSEGV into NullPointerException and stack overflow; the engine would report a crash and wait.
        chdb.signalHandlers.set(0);
        return chdb;
    }

    /** The layout of the analysis: its own size, statements, flags and class. */
    static MemoryLayout analysisLayout() {
        return MemoryLayout.sequenceLayout(4, JAVA_INT);
    }

    private <T> T bind(Class<T> type, String name, FunctionDescriptor descriptor) {
        return library.find(type, name, descriptor)
                .orElseThrow(() -> new IllegalStateException(
                        "The engine has no function " + name + ": it is not the version this program was made for"));
    }
}
