package dev.orderflow.local.engine;

import dev.orderflow.local.process.ChildProcess;
import dev.orderflow.local.process.JavaCommand;
import dev.orderflow.local.process.LoopbackPort;
import dev.orderflow.local.process.ServerProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * ClickHouse as a process of its own, served over HTTP on 127.0.0.1. It ends when this process does, whatever ends this
 * one. Thread-safe. It is not started again when it crashes; its tables survive that. Closing lets the statements that run
 * end.
 */
public final class EngineProcess extends ServerProcess {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    private static final List<String> VIRTUAL_MACHINE = List.of(
            "-Xms12m",
            "-Xmx128m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=240m",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED");

    private final URI url;

    private EngineProcess(ChildProcess child, URI url) {
        super(child);
        this.url = url;
    }

    /**
     * Starts an engine and returns when it serves: after about half a second.
     *
     * @param library what {@link EngineLibrary} found
     * @param data directory of the tables; made where it does not exist, used by one engine at a time
     * @param port the port it listens on, or 0 for a free one
     * @param log the file that gets its output
     * @throws dev.orderflow.local.process.ChildStartException when it ends, or is not ready within 30 s; its last words
     *     are in the message
     * @throws dev.orderflow.local.process.PortTakenException when another process listens on the port
     */
    public static EngineProcess start(Path library, Path data, int port, Path log) throws InterruptedException {
        LoopbackPort.requireFree("ClickHouse engine", port);
        Path directory = data.toAbsolutePath();
        EngineArguments arguments =
                new EngineArguments(directory, library.toAbsolutePath(), port, EngineArguments.DEFAULT_MEMORY);
        ChildProcess child = ChildProcess.start(
                "ClickHouse engine",
                JavaCommand.ofThisProgram(EngineServer.class, VIRTUAL_MACHINE, arguments.toCommandLine()),
                // The engine reads a config.xml that it finds in its working directory or below the home directory.
                directory,
                Map.of("HOME", directory.toString(), "TZ", "UTC"),
                log);
        try {
            return new EngineProcess(child, URI.create("http://" + child.awaitReadyLine(START_LIMIT)));
        } catch (InterruptedException | RuntimeException e) {
            child.kill();
            throw e;
        }
    }

    /** Where clients connect: {@code http://127.0.0.1:port}. */
    public URI url() {
        return url;
    }

    /** The port it listens on; never 0. */
    public int port() {
        return url.getPort();
    }
}
