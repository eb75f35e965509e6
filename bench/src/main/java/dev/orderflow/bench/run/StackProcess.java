package dev.orderflow.bench.run;

import dev.orderflow.bench.load.OrderMix;
import dev.orderflow.local.client.Api;
import dev.orderflow.local.client.CommandException;
import dev.orderflow.local.process.LoopbackPort;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ./orderflow up} as a process of its own, on free ports, with fresh data and full shelves. */
final class StackProcess implements AutoCloseable {

    /** Over so many stock locations orders are spread. */
    static final int LOCATIONS = 8;

    private static final Pattern READY = Pattern.compile("Ready in .* at (http://\\S+)\\s+\\(Kafka at (\\S+)\\)");
    /** With the build of another checkout. */
    private static final Duration START = Duration.ofMinutes(15);

    private static final Duration STOP = Duration.ofSeconds(30);
    private static final Duration SHELVES = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final String PIECES = "1000000000";
    private static final int ACCEPTED = 202;

    private final Process process;
    private final int registryPort;
    private final CompletableFuture<Matcher> ready = new CompletableFuture<>();
    private final Thread stopAtExit = new Thread(this::stop);

    private StackProcess(Process process, int registryPort) {
        this.process = process;
        this.registryPort = registryPort;
    }

    /**
     * Starts it, and returns when it can be used.
     *
     * @param data where it keeps everything; thrown away first
     * @param log gets what it says
     */
    static StackProcess start(Subject.Stack stack, Path data, Path log) {
        int registry = LoopbackPort.free();
        List<String> words = new ArrayList<>(List.of(
                stack.home().resolve("orderflow").toString(),
                "up",
                "--port",
                "0",
                "--data",
                data.toString(),
                "--fresh"));
        words.addAll(List.of("--set", "port.registry=" + registry));
        words.addAll(stack.arguments());
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(stack.home().toFile()).redirectErrorStream(true);
        builder.environment().put("ORDERFLOW_JAVA_HOME", System.getProperty("java.home"));
        if (stack.built()) {
            builder.environment().put("ORDERFLOW_NO_BUILD", "1");
        }
        try {
            StackProcess started = new StackProcess(builder.start(), registry);
            Runtime.getRuntime().addShutdownHook(started.stopAtExit);
            BufferedWriter writer = Files.newBufferedWriter(log);
            Thread.ofPlatform().daemon().name("stack-output").start(() -> started.copy(writer));
            started.awaitReady(log);
            return started;
        } catch (IOException failure) {
            throw new UncheckedIOException("orderflow up cannot be started", failure);
        }
    }

    /** The process at the top. */
    long pid() {
        return process.pid();
    }

    /** Where the API is served. */
    URI address() {
        return URI.create(ready.join().group(1));
    }

    /** Where Kafka clients connect. */
    String bootstrap() {
        return ready.join().group(2);
    }

    /** Where the registry's API begins. */
    String registry() {
        return "http://" + LoopbackPort.HOST + ":" + registryPort + "/apis/ccompat/v7";
    }

    /** Fills the shelves of all locations with more than any run can sell, and returns when the last is full. */
    void fillShelves() {
        Api api = new Api(address());
        for (int location = 0; location < LOCATIONS; location++) {
            Api.Answer answer = api.post("/stock/adjustments", adjustments(OrderMix.location(location)));
            if (answer.status() != ACCEPTED) {
                throw new CommandException("The stock of the benchmark was refused: " + answer.problem());
            }
        }
        long end = System.nanoTime() + SHELVES.toNanos();
        for (int location = 0; location < LOCATIONS; location++) {
            String last = "/stock/" + OrderMix.location(location) + "/p" + (OrderMix.PRODUCTS - 1);
            while (api.get(last).status() != 200) {
                if (System.nanoTime() - end > 0) {
                    throw new CommandException("The shelves were not full within " + SHELVES + ".");
                }
                LockSupport.parkNanos(LOOK.toNanos());
            }
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(stopAtExit);
        stop();
    }

    private void stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static String adjustments(String location) {
        StringBuilder text = new StringBuilder("[");
        for (int product = 0; product < OrderMix.PRODUCTS; product++) {
            text.append(product == 0 ? "" : ",")
                    .append("{\"location\":\"%s\",\"productId\":\"p%d\",\"delta\":%s,\"adjustmentId\":\"%s-%d\"}"
                            .formatted(location, product, PIECES, location, product));
        }
        return text.append(']').toString();
    }

    private void awaitReady(Path log) {
        try {
            ready.get(START.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            close();
            throw new CommandException("orderflow up did not become ready; what it said is in " + log);
        } catch (InterruptedException interrupted) {
            close();
            Thread.currentThread().interrupt();
            throw new CommandException("Interrupted");
        }
    }

    private void copy(BufferedWriter writer) {
        try (writer;
                BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                writer.write(line);
                writer.newLine();
                writer.flush();
                Matcher matcher = READY.matcher(line);
                if (matcher.find()) {
                    ready.complete(matcher);
                }
            }
        } catch (IOException closed) {
            // Its output ends with it.
        } finally {
            ready.completeExceptionally(new IllegalStateException("it ended"));
        }
    }
}
