package dev.orderflow.local.registry;

import dev.orderflow.local.process.ChildProcess;
import dev.orderflow.local.process.LoopbackPort;
import dev.orderflow.local.process.ScratchDirectory;
import dev.orderflow.local.process.ServerProcess;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A schema registry (Apicurio) as a process of its own, on 127.0.0.1, with everything it knows on disk: ids survive
 * kill -9 of either process. It ends when this process does. Thread-safe.
 */
public final class RegistryProcess extends ServerProcess {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final int PROBE_TIMEOUT_MS = 5_000;

    private final int port;

    private RegistryProcess(ChildProcess child, int port) {
        super(child);
        this.port = port;
    }

    /**
     * Starts a registry and returns when it answers: after 1 to 2 s where {@link RegistryArchive} has been made, else
     * after 3 to 5 s.
     *
     * @param directory what the registry keeps; used by one registry at a time
     * @param port the port it listens on, or 0 for a free one
     * @param log the file that gets its output
     */
    public static RegistryProcess start(RegistryInstallation installation, Path directory, int port, Path log)
            throws InterruptedException {
        RegistryLauncher launcher = new RegistryLauncher(installation);
        List<String> options = Files.isRegularFile(launcher.archive())
                ? List.of("-XX:SharedArchiveFile=" + launcher.archive())
                : List.of();
        return start(launcher, options, directory, LoopbackPort.orFree(port), log);
    }

    static RegistryProcess start(RegistryLauncher launcher, List<String> options, Path directory, int port, Path log)
            throws InterruptedException {
        LoopbackPort.requireFree("schema registry", port);
        List<String> all = new ArrayList<>(options);
        all.addAll(RegistrySettings.virtualMachine());
        all.addAll(RegistrySettings.properties(port, ScratchDirectory.emptied(directory.resolve("tmp"))));
        ChildProcess child = ChildProcess.start(
                "schema registry", launcher.command(all), directory, RegistrySettings.ENVIRONMENT, log);
        RegistryProcess registry = new RegistryProcess(child, port);
        try {
            child.awaitReady(START_LIMIT, registry::answers);
        } catch (InterruptedException | RuntimeException e) {
            child.kill();
            throw e;
        }
        return registry;
    }

    /** The base of its Confluent-compatible API. */
    public String url() {
        return "http://" + LoopbackPort.HOST + ":" + port + "/apis/ccompat/v7";
    }

    /** The port it listens on; never 0. */
    public int port() {
        return port;
    }

    private boolean answers() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url() + "/config").toURL().openConnection();
            connection.setConnectTimeout(PROBE_TIMEOUT_MS);
            connection.setReadTimeout(PROBE_TIMEOUT_MS);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            // It does not listen yet.
            return false;
        }
    }
}
