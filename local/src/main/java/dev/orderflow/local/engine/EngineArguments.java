package dev.orderflow.local.engine;

import java.nio.file.Path;
import java.util.List;

/**
 * The command line of {@link EngineServer}.
 *
 * @param data directory of the tables
 * @param library the engine, {@code libchdb.so}
 * @param port on 127.0.0.1; 0 for a free one
 * @param memoryBytes what queries and caches may use together
 */
record EngineArguments(Path data, Path library, int port, long memoryBytes) {

    /** What queries and caches may use unless said otherwise: 400 MB. */
    static final long DEFAULT_MEMORY = 400_000_000L;

    private static final String USAGE =
            "usage: EngineServer --data DIRECTORY --library LIBCHDB [--port PORT] [--memory BYTES]";

    /** @throws IllegalArgumentException for an argument that is unknown, or missing */
    static EngineArguments of(String... arguments) {
        Path data = null;
        Path library = null;
        int port = 0;
        long memory = DEFAULT_MEMORY;
        if (arguments.length % 2 != 0) {
            throw new IllegalArgumentException(USAGE);
        }
        for (int i = 0; i < arguments.length; i += 2) {
            String value = arguments[i + 1];
            switch (arguments[i]) {
                case "--data" -> data = Path.of(value);
                case "--library" -> library = Path.of(value);
                case "--port" -> port = Integer.parseInt(value);
                case "--memory" -> memory = Long.parseLong(value);
                default -> throw new IllegalArgumentException("\"" + arguments[i] + "\" is unknown; " + USAGE);
            }
        }
        if (data == null || library == null) {
            throw new IllegalArgumentException(USAGE);
        }
        return new EngineArguments(data, library, port, memory);
    }

    /** The same, as a command line. */
    List<String> toCommandLine() {
        return List.of(
                "--data", data.toString(),
                "--library", library.toString(),
                "--port", Integer.toString(port),
                "--memory", Long.toString(memoryBytes));
    }
}
