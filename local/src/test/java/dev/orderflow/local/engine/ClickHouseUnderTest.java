package dev.orderflow.local.engine;

import com.clickhouse.client.api.Client;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The ClickHouse that a suite runs against: the genuine server that the environment variable {@code CLICKHOUSE_URL}
 * names (as {@code http://host:8123}, user {@code CLICKHOUSE_USER} and password {@code CLICKHOUSE_PASSWORD}), or else a
 * child process of the test with the embedded engine.
 */
public final class ClickHouseUnderTest implements AutoCloseable {

    /** The variable that names a genuine server. */
    static final String URL_VARIABLE = "CLICKHOUSE_URL";

    private final URI url;
    private final Optional<EngineProcess> process;

    private ClickHouseUnderTest(URI url, Optional<EngineProcess> process) {
        this.url = url;
        this.process = process;
    }

    /**
     * The named server, or an embedded engine.
     *
     * @param directory where an embedded engine keeps its tables and its log
     */
    public static ClickHouseUnderTest start(Path directory) throws InterruptedException {
        String genuine = System.getenv(URL_VARIABLE);
        if (genuine != null && !genuine.isBlank()) {
            return new ClickHouseUnderTest(URI.create(genuine), Optional.empty());
        }
        EngineProcess process = embedded(directory);
        return new ClickHouseUnderTest(process.url(), Optional.of(process));
    }

    /** An embedded engine whatever the environment says. Fetches the library where this machine has none. */
    public static EngineProcess embedded(Path directory) throws InterruptedException {
        Path library = EngineLibrary.of(System.getenv()).obtain((bytes, total) -> {});
        return EngineProcess.start(library, directory.resolve("data"), 0, directory.resolve("engine.log"));
    }

    /** Where it serves. */
    public URI url() {
        return url;
    }

    /** A client as the application has it, with its defaults. */
    Client client(String database) {
        return client(url, database);
    }

    static Client client(URI url, String database) {
        return new Client.Builder()
                .addEndpoint(url.toString())
                .setUsername(
                        Optional.ofNullable(System.getenv("CLICKHOUSE_USER")).orElse("default"))
                .setPassword(Optional.ofNullable(System.getenv("CLICKHOUSE_PASSWORD"))
                        .orElse(""))
                .setDefaultDatabase(database)
                .build();
    }

    @Override
    public void close() {
        process.ifPresent(EngineProcess::close);
    }
}
