package dev.orderflow.bench.run;

import dev.orderflow.local.client.Api;
import dev.orderflow.local.client.CommandException;
import dev.orderflow.local.process.LoopbackPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The payment provider of the peers' harness, so that both sides charge at the same one. */
public final class Provider implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Process process;
    private final String url;

    private Provider(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /**
     * Starts it, and returns when it answers.
     *
     * @param directory of the harness
     */
    public static Provider ofPeers(Path directory, Path log) {
        int port = LoopbackPort.free();
        ProcessBuilder builder = new ProcessBuilder(directory.resolve("run.sh").toString(), "stub")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("STUB_PORT", Integer.toString(port));
        try {
            Provider stub = new Provider(builder.start(), "http://" + LoopbackPort.HOST + ":" + port);
            Runtime.getRuntime().addShutdownHook(new Thread(stub::close));
            stub.awaitReady(log);
            return stub;
        } catch (IOException failure) {
            throw new UncheckedIOException("The provider of the peers' harness cannot be started", failure);
        }
    }

    /** Where it listens. */
    public String url() {
        return url;
    }

    @Override
    public void close() {
        process.destroy();
    }

    private void awaitReady(Path log) {
        Api api = new Api(URI.create(url));
        long end = System.nanoTime() + START.toNanos();
        while (true) {
            try {
                if (api.get("/health").status() == 200) {
                    return;
                }
            } catch (CommandException notYet) {
                if (System.nanoTime() - end > 0 || !process.isAlive()) {
                    close();
                    throw new CommandException("The provider of the peers' harness did not start; see " + log);
                }
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }
}
