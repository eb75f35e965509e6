package dev.orderflow.local.analytics;

import dev.orderflow.analytics.AnalyticsService;
import dev.orderflow.durable.runtime.KafkaConnection;
import dev.orderflow.durable.service.ServiceContext;
import dev.orderflow.durable.settings.Settings;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import dev.orderflow.events.OrderCompleted;
import dev.orderflow.events.OrderRefunded;
import dev.orderflow.local.process.ChildProcess;
import dev.orderflow.local.process.ChildSide;
import dev.orderflow.local.process.JavaCommand;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** An analytics sink as a process of its own, which a test can kill, stop and continue. */
final class SinkProcess implements AutoCloseable {

    private final ChildProcess child;

    private SinkProcess(ChildProcess child) {
        this.child = child;
    }

    /** Starts a sink; it loads as soon as it has found everything. */
    static SinkProcess start(Path directory, String instance, Map<String, String> settings) {
        List<String> arguments = settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .toList();
        return new SinkProcess(ChildProcess.start(
                "sink",
                JavaCommand.ofThisProgram(SinkProcess.class, List.of("-Xmx384m", "-XX:+UseSerialGC"), arguments),
                directory,
                Map.of(),
                directory.resolve("sink-" + instance + ".log")));
    }

    /** Serdes that agree with those of every other process about the ids of schemas. */
    static AvroSerdes serdes() {
        InMemoryRegistry registry = new InMemoryRegistry();
        registry.register("order.completed-value", OrderCompleted.getClassSchema());
        registry.register("order.refunded-value", OrderRefunded.getClassSchema());
        return AvroSerdes.with(registry);
    }

    /** Runs a sink until its parent ends it; the arguments are settings. */
    public static void main(String... arguments) throws InterruptedException {
        ChildSide.endWithParent(Duration.ZERO);
        Map<String, String> settings = new HashMap<>();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            settings.put(parts[0], parts[1]);
        }
        Settings all = Settings.of(settings);
        try (AnalyticsService sink = new AnalyticsService(
                new ServiceContext(all, KafkaConnection.from(all), serdes(), new SimpleMeterRegistry()))) {
            sink.start();
            ChildSide.ready(System.out, "here");
            new CountDownLatch(1).await();
        }
    }

    /** Ends it as kill -9 does. */
    void kill() throws Exception {
        child.kill();
        child.onExit().get();
    }

    /** Stops it where it is: it believes that no time passes, and the others that it is dead. */
    void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Lets it go on with what it was doing. */
    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    @Override
    public void close() {
        child.kill();
    }

    private void signal(String name) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + name, Long.toString(child.pid()))
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException("kill -" + name + " ended with " + status);
        }
    }
}
