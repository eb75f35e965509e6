package dev.orderflow.local.engine;

import dev.orderflow.local.process.ChildSide;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A child process that serves ClickHouse over HTTP on 127.0.0.1. It ends with this process, whatever ends this one.
 * Thread-safe. It is not started again when it crashes; its tables survive that.
 */
public final class EngineProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofMillis(2_500);
    private static final Duration KILL_LIMIT = Duration.ofMillis(500);
    private static final int LOG_LINES = 10;

    private static final List<String> JVM = List.of(
            "-Xms12m",
            "-Xmx128m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED");

    private final Process process;
    private final URI url;

    private EngineProcess(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /**
     * Starts the child with the Java runtime and the class path of this process, and returns when it serves: about half
     * a second later.
     *
     * @param library what {@link EngineLibrary} found
     * @param data directory of the tables; made where it does not exist, used by one process at a time
     * @param port on 127.0.0.1, or 0 for a free one
     * @param log file that the child's messages are appended to
     * @throws EngineStartException when the child ends or says nothing within 30 s; its last messages are in the text
     */
    public static EngineProcess start(Path library, Path data, int port, Path log) {
        EngineArguments arguments = new EngineArguments(
                data.toAbsolutePath(), library.toAbsolutePath(), port, EngineArguments.DEFAULT_MEMORY);
        Process process = launch(arguments, log.toAbsolutePath());
        CompletableFuture<String> ready = new CompletableFuture<>();
        Thread.ofVirtual().name("engine-output").start(() -> read(process, ready));
        try {
            String address = ready.get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return new EngineProcess(process, URI.create("http://" + address));
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new EngineStartException(data, "was not waited for", "", e);
        } catch (ExecutionException | TimeoutException e) {
            String how = process.isAlive() ? "was not ready within " + START_LIMIT.toSeconds() + " s" : "ended";
            process.destroyForcibly();
            throw new EngineStartException(data, how, lastLines(log), e);
        }
    }

    private static Process launch(EngineArguments arguments, Path log) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(List.of("-cp", absoluteClassPath(), EngineServer.class.getName()));
        command.addAll(arguments.toCommandLine());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // The engine reads a config.xml that it finds in its working directory or below the home directory.
        builder.directory(arguments.data().toFile());
        builder.environment().put("HOME", arguments.data().toString());
        builder.environment().put("TZ", "UTC");
        try {
            Files.createDirectories(arguments.data());
            Path logDirectory = log.getParent();
            if (logDirectory != null) {
                Files.createDirectories(logDirectory);
            }
            return builder.start();
        } catch (IOException e) {
            throw new EngineStartException(arguments.data(), "could not be started", String.valueOf(e.getMessage()), e);
        }
    }

    private static String absoluteClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Completes with the address, then reads on so that the child never waits for a full pipe. */
    private static void read(Process process, CompletableFuture<String> ready) {
        try (BufferedReader out = process.inputReader()) {
            for (@Nullable String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(ChildSide.READY)) {
                    ready.complete(line.substring(ChildSide.READY.length()));
                }
            }
            process.waitFor();
            ready.completeExceptionally(new IOException("exit code " + process.exitValue()));
        } catch (IOException e) {
            ready.completeExceptionally(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String lastLines(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException e) {
            return "(" + log + " cannot be read: " + e.getMessage() + ")";
        }
    }

    /** Where clients connect: {@code http://127.0.0.1:port}. */
    public URI url() {
        return url;
    }

    /** The operating system's number of the child. */
    public long pid() {
        return process.pid();
    }

    /** Whether the child still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Completes when the child has ended, by itself or by {@link #close}. */
    public CompletableFuture<EngineProcess> onExit() {
        return process.onExit().thenApply(ended -> this);
    }

    /** Ends the child after the statements that run; after 2.5 s it is killed. Its tables are whole either way. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT)) {
                process.destroyForcibly();
                process.waitFor(KILL_LIMIT);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
