package dev.orderflow.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ./orderflow up} as a process, looked at from the outside only. */
final class Stack implements AutoCloseable {

    static final Path HOME = home();

    private static final Pattern READY =
            Pattern.compile("Ready in ([\\d.,]+) s at (http://\\S+)\\s+\\(Kafka at (\\S+)\\)");
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration RUN_LIMIT = Duration.ofMinutes(5);
    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final List<String> said;
    private final String address;
    private final String bootstrap;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    record Answer(int status, JsonNode json, HttpResponse<byte[]> raw) {}

    private Stack(Process process, List<String> said, String address, String bootstrap) {
        this.process = process;
        this.said = said;
        this.address = address;
        this.bootstrap = bootstrap;
    }

    /** Starts it on free ports and returns when it says that it is ready. */
    static Stack up(Path data, String... options) {
        List<String> arguments = new ArrayList<>(List.of("up", "--port", "0", "--data", data.toString()));
        arguments.addAll(List.of(options));
        Process process = command(arguments);
        List<String> said = new ArrayList<>();
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread.ofVirtual().start(() -> copy(process, lines));
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < end) {
            String line = next(lines);
            if (line != null) {
                said.add(line);
                Matcher ready = READY.matcher(line);
                if (ready.find()) {
                    return new Stack(process, said, ready.group(2), ready.group(3));
                }
            } else if (!process.isAlive()) {
                break;
            }
        }
        killTree(process);
        throw new AssertionError("orderflow up did not become ready. It said:\n" + String.join("\n", said));
    }

    /** Runs a command to its end. One that does not end is killed, after everybody has told what they are waiting for. */
    static Finished run(String... arguments) {
        Process process = command(List.of(arguments));
        try (Watchdog _ = new Watchdog(process.toHandle(), RUN_LIMIT)) {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Finished(process.waitFor(), output);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    record Finished(int status, String output) {}

    static Process command(List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(HOME.resolve("orderflow").toString()));
        words.addAll(arguments);
        return start(words);
    }

    /** Starts a line of a shell in the directory of the project. */
    static Process shell(String line) {
        return start(List.of("sh", "-c", line));
    }

    private static Process start(List<String> words) {
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(HOME.toFile()).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of("ORDERFLOW_NO_BUILD", "1", "ORDERFLOW_JAVA_HOME", System.getProperty("java.home")));
        try {
            return builder.start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String address() {
        return address;
    }

    String bootstrap() {
        return bootstrap;
    }

    List<String> said() {
        return said;
    }

    long pid() {
        return process.pid();
    }

    Answer get(String path) {
        return send(request(path).GET().build());
    }

    Answer post(String path, String json, String... headers) {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).timeout(ANSWER_LIMIT);
    }

    private Answer send(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            JsonNode json = response.body().length == 0 ? JSON.missingNode() : JSON.readTree(response.body());
            return new Answer(response.statusCode(), json, response);
        } catch (HttpTimeoutException silent) {
            throw new AssertionError(
                    request.method() + " " + request.uri() + " was not answered. What the processes are doing:\n"
                            + ThreadDump.ofAllUnder(ProcessHandle.current()),
                    silent);
        } catch (IOException failure) {
            throw new UncheckedIOException(request.method() + " " + request.uri() + " failed", failure);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** Kills it as kill -9 does: its children notice by themselves. */
    void kill() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        Eventually.within(Duration.ofSeconds(20), () -> {
            List<ProcessHandle> alive =
                    children.stream().filter(ProcessHandle::isAlive).toList();
            if (!alive.isEmpty()) {
                throw new AssertionError("These children outlive their parent: " + alive);
            }
        });
    }

    /** Ends it as Ctrl-C does. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                killTree(process);
            }
        } catch (InterruptedException interrupted) {
            killTree(process);
        }
    }

    static void killTree(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static String next(BlockingQueue<String> lines) {
        try {
            return lines.poll(200, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static void copy(Process process, BlockingQueue<String> lines) {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException closed) {
            lines.add("(its output was cut off: " + closed + ")");
        }
    }

    private static Path home() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.isExecutable(here.resolve("orderflow"))) {
            here = here.getParent();
        }
        return here;
    }
}
