package dev.orderflow.local.chaos;

import dev.orderflow.local.client.CommandException;
import dev.orderflow.local.command.Main;
import dev.orderflow.local.process.JavaCommand;
import dev.orderflow.local.process.LoopbackPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** {@code orderflow up} as a process of its own, with what is done to it. Confined to one thread but for calls. */
final class StackUnderChaos implements FaultTarget, AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(6);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final long LOOK_NANOS = 50_000_000L;
    private static final int TRIES = 3;

    /** Short deadlines, so that a round sees them pass. */
    static final Map<String, String> SHORT_DEADLINES = Map.ofEntries(
            Map.entry("dispatch.duration", "2s"),
            Map.entry("reserve.deadline", "5s"),
            Map.entry("payment.deadline", "10s"),
            Map.entry("undo.repeat", "5s"),
            Map.entry("payment.attempt-timeout", "2s"),
            Map.entry("payment.retry-first", "200ms"),
            Map.entry("payment.retry-ceiling", "2s"),
            Map.entry("kafka.session-timeout", "6s"),
            Map.entry("audit.grace", "10s"));

    private static final Map<String, String> MARKS = Map.of(
            "broker", "BrokerServer",
            "registry", "RegistryMain",
            "clickhouse", "EngineServer");

    private final Path data;
    private final Map<String, String> settings;
    private final boolean together;
    private final int port = LoopbackPort.free();
    private final int kafka = LoopbackPort.free();
    private final int registry = LoopbackPort.free();
    private final int clickhouse = LoopbackPort.free();
    private final int provider = LoopbackPort.free();
    private final int smtp = LoopbackPort.free();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private @Nullable Process process;
    private int repeatedStarts;

    /** @param together whether broker and services are one process, which whatever is done to one of them is done to */
    StackUnderChaos(Path data, Map<String, String> settings, boolean together) {
        this.data = data;
        this.settings = settings;
        this.together = together;
    }

    URI address() {
        return URI.create("http://" + LoopbackPort.HOST + ":" + port);
    }

    URI providerAddress() {
        return URI.create("http://" + LoopbackPort.HOST + ":" + provider);
    }

    String bootstrap() {
        return LoopbackPort.HOST + ":" + kafka;
    }

    String registryUrl() {
        return "http://" + LoopbackPort.HOST + ":" + registry + "/apis/ccompat/v7";
    }

    /** How many starts did not become ready, and were made again. */
    int repeatedStarts() {
        return repeatedStarts;
    }

    /** Starts everything; a start that does not become ready is made again, and counted. */
    void start() {
        for (int left = TRIES; left > 0; left--) {
            if (tryToStart()) {
                return;
            }
            repeatedStarts++;
            end();
        }
        throw new CommandException("The stack did not become ready in " + TRIES + " starts; see " + log());
    }

    private boolean tryToStart() {
        List<String> arguments =
                new ArrayList<>(List.of("up", "--port", Integer.toString(port), "--data", data.toString()));
        if (!together) {
            arguments.add("--separate");
        }
        settings.forEach((name, value) -> arguments.addAll(List.of("--set", name + "=" + value)));
        // All of them: a usual port that is free now may be taken by another stack when this one is started again.
        Map.of("kafka", kafka, "registry", registry, "clickhouse", clickhouse, "provider", provider, "smtp", smtp)
                .forEach((part, number) -> arguments.addAll(List.of("--set", "port." + part + "=" + number)));
        List<String> options = List.of(
                "-Xms64m",
                together ? "-Xmx640m" : "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=240m",
                "-Dorderflow.home=" + System.getProperty("orderflow.home", "."),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow");
        try {
            Files.createDirectories(data);
            long from = Files.exists(log()) ? Files.size(log()) : 0;
            Process started = new ProcessBuilder(JavaCommand.ofThisProgram(Main.class, options, arguments)
                            .words())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
            process = started;
            long end = System.nanoTime() + START_LIMIT.toNanos();
            while (started.isAlive() && System.nanoTime() < end) {
                if (saidSince(from).contains("Ready in")) {
                    return true;
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
            return false;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Where the stack says what happens. */
    Path log() {
        return data.resolveSibling(data.getFileName() + ".log");
    }

    /** Writes a line among what the stack says. */
    void note(String line) {
        try {
            Files.writeString(log(), "chaos: " + line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private String saidSince(long offset) throws IOException {
        byte[] all = Files.readAllBytes(log());
        return new String(all, (int) offset, all.length - (int) offset, StandardCharsets.UTF_8);
    }

    @Override
    public boolean kill(String part) {
        if (isInside(part)) {
            killAllAndStart();
            return true;
        }
        Optional<ProcessHandle> found = find(part);
        found.ifPresent(ProcessHandle::destroyForcibly);
        return found.isPresent();
    }

    @Override
    public void killAllAndStart() {
        end();
        start();
    }

    @Override
    public Optional<Runnable> stop(String part) {
        Optional<ProcessHandle> found =
                isInside(part) ? Optional.ofNullable(process).map(Process::toHandle) : find(part);
        found.ifPresent(handle -> signal(handle, "STOP"));
        return found.map(handle -> () -> signal(handle, "CONT"));
    }

    private static void signal(ProcessHandle handle, String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(handle.pid()))
                    .start()
                    .waitFor();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void configureProvider(String json) {
        post(providerAddress().resolve("/config"), json);
    }

    @Override
    public void pauseProvider(boolean pause) {
        post(address().resolve("/payments/provider/" + (pause ? "pause" : "resume")), "{}");
    }

    private void post(URI uri, String json) {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        String last = "";
        for (long end = System.nanoTime() + START_LIMIT.toNanos(); System.nanoTime() < end; ) {
            try {
                int status = http.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                if (status < 300) {
                    return;
                }
                last = "HTTP " + status;
            } catch (IOException unreachable) {
                last = unreachable.toString();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        throw new CommandException(uri + " did not take " + json + ": " + last);
    }

    /** Whether it is in the process of the stack itself. */
    private boolean isInside(String part) {
        return together && !part.equals("registry") && !part.equals("clickhouse");
    }

    private Optional<ProcessHandle> find(String part) {
        Process running = process;
        if (running == null) {
            return Optional.empty();
        }
        return running.children().filter(child -> isPart(child, part)).findFirst();
    }

    /** By /proc, because {@link ProcessHandle.Info} tells of the first page of a command line only. */
    private static boolean isPart(ProcessHandle child, String part) {
        try {
            String line = Files.readString(Path.of("/proc/" + child.pid() + "/cmdline"), StandardCharsets.ISO_8859_1);
            String mark = MARKS.get(part);
            return mark == null ? line.endsWith("ServiceProcess\0" + part + "\0") : line.contains("." + mark + "\0");
        } catch (IOException gone) {
            return false;
        }
    }

    private void end() {
        Process running = process;
        if (running == null) {
            return;
        }
        List<ProcessHandle> all = new ArrayList<>(running.descendants().toList());
        all.add(running.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle handle : all) {
            try {
                handle.onExit().get(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException stillThere) {
                throw new CommandException("Process " + handle.pid() + " does not end: " + stillThere);
            }
        }
        process = null;
    }

    @Override
    public void close() {
        end();
        http.close();
    }
}
