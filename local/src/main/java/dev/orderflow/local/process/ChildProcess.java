package dev.orderflow.local.process;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process started by this one: its output goes to a log file, and it is stopped gracefully, then by force.
 *
 * <p>The child is told of the end of this process by the end of its standard input ({@link ChildSide}). Thread-safe.
 */
public final class ChildProcess implements Child {

    private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);
    private static final int REMEMBERED_LINES = 20;
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(25);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(3);

    private final String name;
    private final Process process;
    private final Path log;
    private final CompletableFuture<String> readyLine = new CompletableFuture<>();
    private final Deque<String> lastLines = new ArrayDeque<>();

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a process and returns at once.
     *
     * @param name what people call it ("schema registry")
     * @param directory its working directory; made where it does not exist
     * @param environment variables added to those of this process
     * @param log the file that gets its output; that of an earlier process is kept with {@code .1} behind its name
     */
    public static ChildProcess start(
            String name, JavaCommand command, Path directory, Map<String, String> environment, Path log) {
        try {
            Files.createDirectories(directory);
            Files.createDirectories(log.toAbsolutePath().getParent());
            if (Files.exists(log)) {
                Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
            ProcessBuilder builder = new ProcessBuilder(command.words())
                    .directory(directory.toFile())
                    .redirectErrorStream(true);
            builder.environment().putAll(environment);
            BufferedWriter writer = Files.newBufferedWriter(
                    log, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
            ChildProcess child = new ChildProcess(name, builder.start(), log);
            Thread.ofPlatform().daemon().name(name + "-output").start(() -> child.copyOutput(writer));
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException("The " + name + " cannot be started", e);
        }
    }

    /**
     * Waits for the child's ready line.
     *
     * @return the address in it
     * @throws ChildStartException when the child ends first, or the limit passes
     */
    public String awaitReadyLine(Duration limit) throws InterruptedException {
        try {
            return readyLine.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw ended();
        } catch (TimeoutException e) {
            throw late(limit);
        }
    }

    /**
     * Waits until a probe says yes; for programs that know nothing of a ready line.
     *
     * @throws ChildStartException when the child ends first, or the limit passes
     */
    public void awaitReady(Duration limit, BooleanSupplier probe) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!probe.getAsBoolean()) {
            if (process.waitFor(PROBE_INTERVAL)) {
                throw ended();
            }
            if (System.nanoTime() - deadline > 0) {
                throw late(limit);
            }
        }
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    @Override
    public void requestStop() {
        // The methods of Process would close the child's output as well, and lose its last words.
        process.toHandle().destroy();
    }

    @Override
    public void kill() {
        process.toHandle().destroyForcibly();
    }

    @Override
    public void close() {
        requestStop();
        try {
            if (!process.waitFor(STOP_LIMIT)) {
                LOG.warn("The {} (process {}) did not stop within {}: it is killed", name, pid(), STOP_LIMIT);
                kill();
                process.waitFor();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    private void copyOutput(BufferedWriter writer) {
        try (writer;
                BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                remember(line);
                writer.write(line);
                writer.newLine();
                writer.flush();
            }
        } catch (IOException e) {
            LOG.warn("The output of the {} (process {}) is no longer written to {}", name, pid(), log, e);
        } finally {
            readyLine.completeExceptionally(new IllegalStateException("The output has ended"));
        }
    }

    private void remember(String line) {
        if (line.startsWith(ChildSide.READY)) {
            readyLine.complete(line.substring(ChildSide.READY.length()));
        }
        synchronized (lastLines) {
            if (lastLines.size() == REMEMBERED_LINES) {
                lastLines.removeFirst();
            }
            lastLines.addLast(line);
        }
    }

    private ChildStartException ended() throws InterruptedException {
        // The output ends a moment before the process does.
        String how = process.waitFor(STOP_LIMIT) ? "ended with status " + process.exitValue() : "closed its output";
        return new ChildStartException(name, pid(), how + " before it was ready", lastWords(), log);
    }

    private ChildStartException late(Duration limit) {
        return new ChildStartException(name, pid(), "was not ready within " + limit, lastWords(), log);
    }

    private String lastWords() {
        synchronized (lastLines) {
            return String.join(System.lineSeparator(), lastLines);
        }
    }
}
