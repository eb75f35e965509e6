package dev.orderflow.local.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

/**
 * ClickHouse inside this process, on one data directory. Thread-safe; a process has at most one.
 *
 * <p>A connection to it runs one statement at a time, and several connections run side by side. Making one takes a
 * fraction of a millisecond, so each request gets its own: settings, current database and temporary tables of one
 * request are gone with it, as with a ClickHouse server that is asked over HTTP without a session.
 */
final class Engine implements AutoCloseable {

    private final Chdb chdb;
    private final Arena arena = Arena.ofShared();
    private final int argumentCount;
    private final MemorySegment arguments;
    private final MemorySegment anchor;

    private Engine(Chdb chdb, List<String> arguments) {
        this.chdb = chdb;
        this.argumentCount = arguments.size();
        this.arguments = arena.allocate(ADDRESS, argumentCount + 1L);
        for (int i = 0; i < argumentCount; i++) {
            this.arguments.setAtIndex(ADDRESS, i, arena.allocateFrom(arguments.get(i)));
        }
        // The engine stops with its last connection: this one stays.
        this.anchor = connect();
    }

    /**
     * Starts the engine on a directory, which is made where it does not exist.
     *
     * @param memoryBytes what queries and caches may use together
     * @throws IllegalStateException when the engine refuses; its reason is on standard error
     */
    static Engine open(Path library, Path directory, long memoryBytes) {
        Chdb chdb = Chdb.load(library);
        Engine engine = new Engine(chdb, arguments(directory, memoryBytes));
        ResidentText.release(library);
        return engine;
    }

    private static List<String> arguments(Path directory, long memoryBytes) {
        return List.of(
                "clickhouse",
                "--path=" + directory.toAbsolutePath(),
                "--max_server_memory_usage=" + memoryBytes,
                "--mark_cache_size=" + (16 << 20),
                "--uncompressed_cache_size=0",
                "--index_mark_cache_size=" + (4 << 20),
                "--primary_index_cache_size=" + (16 << 20),
                // Its default of 50 ms is most of what an idle engine costs.
                "--memory_worker_period_ms=5000",
                // Left to itself, its count of what is in use can stay far above what is resident after a large
                // statement, and every later one is refused.
                "--memory_worker_correct_memory_tracker=1",
                // In a container the group's memory is everybody's: the limit above is for this process.
                "--memory_worker_use_cgroup=0",
                "--background_pool_size=1",
                "--background_move_pool_size=1",
                "--background_fetches_pool_size=1",
                "--background_common_pool_size=1",
                "--background_schedule_pool_size=1",
                // Its default of 5 writes all rows of a small table again with every fourth insert. The group is read
                // only where it has a value of its own.
                "--merge_tree=",
                "--merge_tree.merge_selector_base=15",
                // A server's defaults make a hundred threads to delete the parts of one merge.
                "--max_parts_cleaning_thread_pool_size=2",
                "--max_active_parts_loading_thread_pool_size=4",
                "--max_outdated_parts_loading_thread_pool_size=2",
                "--max_io_thread_pool_size=8",
                "--max_format_parsing_thread_pool_size=8",
                "--max_prefixes_deserialization_thread_pool_size=8",
                "--max_thread_pool_free_size=8");
    }

    /** A new connection. */
    EngineSession session() {
        return new EngineSession(chdb, connect());
    }

    private MemorySegment connect() {
        MemorySegment connection = chdb.connect.open(argumentCount, arguments);
        if (connection.address() == 0) {
            throw new IllegalStateException(
                    "The engine cannot open its data directory: it is damaged, full, not writable, or in use by"
                            + " another ClickHouse. The engine's own message is on standard error");
        }
        return connection;
    }

    /** Stops the engine. The caller has closed every session: one that is still working would crash the process. */
    @Override
    public void close() {
        chdb.close.of(anchor);
        arena.close();
    }
}
