package dev.orderflow.local.broker;

import dev.orderflow.durable.TerminalException;
import dev.orderflow.local.process.KernelProcessors;
import dev.orderflow.local.process.LoopbackPort;
import dev.orderflow.local.process.ProcessorAffinity;
import dev.orderflow.local.process.ProcessorList;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import kafka.server.KafkaConfig;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real single-node Kafka broker (KRaft) in this process, listening on 127.0.0.1. Its directory survives restarts and
 * kill -9 of the process: what a transaction committed is there again.
 *
 * <p>One instance is started once and closed once. Thread-safe. A fault that Kafka holds to be fatal (a disk that fails)
 * ends the whole process, as it would end a broker of its own.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final Duration LEFTOVER_LIMIT = Duration.ofSeconds(5);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private final Path directory;
    private final int port;
    private final Map<String, String> overrides;
    private Optional<ProcessorList> processors;
    private @Nullable KafkaNode server;

    /**
     * @param directory where the broker keeps everything; made where it does not exist, and used by one broker at a time
     * @param port the port clients connect to, or 0 for a free one
     * @param overrides broker properties (as in Kafka's documentation) that win over the tuned ones; beside these,
     *     {@code processors} says where its threads run: {@code auto} (the default), {@code all} or a list such as
     *     {@code 0-2,5}
     * @throws TerminalException when the processors are none of this
     */
    public EmbeddedBroker(Path directory, int port, Map<String, String> overrides) {
        this.directory = directory;
        this.port = LoopbackPort.orFree(port);
        Map<String, String> kafka = new HashMap<>(overrides);
        String wish = Objects.requireNonNullElse(kafka.remove(BrokerProcessors.PROPERTY), BrokerProcessors.USUAL);
        this.overrides = Map.copyOf(kafka);
        KernelProcessors kernel = KernelProcessors.here();
        this.processors = BrokerProcessors.of(wish, kernel.allowed(), kernel::areApart);
    }

    /**
     * Starts the broker and returns when it accepts requests, 2 to 5 s later.
     *
     * @return this broker
     * @throws BrokerStartException when it cannot start: its port is taken, its directory is used or damaged
     */
    public synchronized EmbeddedBroker start() {
        if (server != null) {
            throw new IllegalStateException("The broker at " + bootstrap() + " has been started already");
        }
        awaitLeftover();
        LoopbackPort.requireFree("broker", port);
        format();
        Map<String, String> properties = BrokerSettings.of(directory, port, LoopbackPort.free(), overrides);
        try {
            KafkaConfig config = new KafkaConfig(properties, false);
            if (processors.isEmpty()) {
                start(config);
            } else if (!ProcessorAffinity.run(processors.get(), "broker-start", () -> start(config))) {
                processors = Optional.empty();
            }
        } catch (Exception e) {
            // Checked ones, too: Kafka's come from Scala, which declares nothing.
            close();
            throw new BrokerStartException(directory, bootstrap(), e);
        }
        return this;
    }

    private void start(KafkaConfig config) {
        KafkaNode starting = new KafkaNode(config, Time.SYSTEM);
        server = starting;
        starting.startup();
    }

    /** Where clients connect: {@code 127.0.0.1:port}. Known before the start. */
    public String bootstrap() {
        return LoopbackPort.HOST + ":" + port;
    }

    /** The processors that its threads keep to, or will when it is started; empty where these are all. */
    public synchronized Optional<ProcessorList> processors() {
        return processors;
    }

    /** The port clients connect to; never 0. */
    public int port() {
        return port;
    }

    /**
     * Stops the broker, usually within half a second. It never waits longer than 10 s: a broker that hangs is left
     * to the end of the process, and its directory recovers as after a kill -9.
     */
    @Override
    public synchronized void close() {
        KafkaNode stopping = server;
        if (stopping == null) {
            return;
        }
        server = null;
        Thread shutdown = Thread.ofPlatform().daemon().name("broker-shutdown").start(stopping::shutdown);
        try {
            if (!shutdown.join(CLOSE_LIMIT)) {
                LOG.warn("The broker at {} did not stop within {}: it is left behind", bootstrap(), CLOSE_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitLeftover() {
        try {
            LeftoverBroker.awaitEnd(directory, LEFTOVER_LIMIT);
        } catch (IOException e) {
            throw new BrokerStartException(directory, bootstrap(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerStartException(directory, bootstrap(), e);
        }
    }

    /** Writes the identity of a new cluster, once; a directory that has one keeps it. */
    private void format() {
        // Written last, so a format that was interrupted is done again.
        if (Files.exists(directory.resolve("meta.properties"))) {
            return;
        }
        try {
            Files.createDirectories(directory);
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setNodeId(BrokerSettings.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                    .setMetadataLogDirectory(directory.toAbsolutePath().toString())
                    .addDirectory(directory.toAbsolutePath().toString())
                    .setIgnoreFormatted(true)
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException("The broker's directory " + directory + " cannot be made", e);
        } catch (Exception e) {
            throw new BrokerStartException(directory, bootstrap(), e);
        }
    }
}
