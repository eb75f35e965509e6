package dev.orderflow.local.stack;

import dev.orderflow.durable.runtime.TopicCheck;
import dev.orderflow.durable.runtime.TopicShape;
import dev.orderflow.durable.settings.Settings;
import dev.orderflow.local.broker.BrokerServer;
import dev.orderflow.local.broker.EmbeddedBroker;
import dev.orderflow.local.demo.CrashButton;
import dev.orderflow.local.engine.EngineLibrary;
import dev.orderflow.local.engine.EngineProcess;
import dev.orderflow.local.mailbox.Mailbox;
import dev.orderflow.local.process.Child;
import dev.orderflow.local.process.ChildProcess;
import dev.orderflow.local.process.JavaCommand;
import dev.orderflow.local.process.LoopbackPort;
import dev.orderflow.local.registry.RegistryInstallation;
import dev.orderflow.local.registry.RegistryProcess;
import dev.orderflow.local.sandbox.SandboxProvider;
import dev.orderflow.schemas.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;

/** What the services stand on: broker, registry, ClickHouse, payment provider and mail server, all on 127.0.0.1. */
final class Foundation {

    private static final Duration BROKER_START = Duration.ofSeconds(60);
    private static final List<String> BROKER_OPTIONS = List.of(
            "-Xms64m",
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=240m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    /** Each service has one thread here: a second partition would bring nothing but a second one of every write. */
    private static final int PARTITIONS = 1;

    private final StackOptions options;
    private final Ports ports;
    private final Startup startup;
    private final Progress progress;
    private final TopicShape shape;
    private final Map<String, String> brokerProperties;
    private final CrashButton crashButton = new CrashButton();
    private final Startup.Layer layer;
    private final LeftOut leftOut;

    Foundation(StackOptions options, Ports ports, Startup startup, Progress progress) {
        this.options = options;
        this.ports = ports;
        this.startup = startup;
        this.progress = progress;
        this.layer = startup.layer();
        this.leftOut = LeftOut.of(options, ports);
        // Read before settings that nobody has read are refused.
        this.shape = TopicShape.from(options.settings(), PARTITIONS);
        this.brokerProperties = options.settings().below("kafka.broker.");
    }

    /** Starts what no service can do without, and returns when it can be used and the topics are there. */
    Mailbox start() {
        List<CompletableFuture<?>> parts = new ArrayList<>();
        parts.add(broker().thenAccept(started -> createTopics()));
        if (usesSandbox()) {
            parts.add(startup.part(
                    layer,
                    "provider",
                    () -> SandboxProvider.start(
                            options.data().resolve("provider"),
                            ports.provider(),
                            webhookSecret(),
                            "http://" + LoopbackPort.HOST + ":" + ports.http() + "/payments/webhooks/sandbox"),
                    SandboxProvider::url));
        }
        CompletableFuture<Mailbox> mailbox = startup.part(
                layer,
                "mailbox",
                () -> Mailbox.start(options.data().resolve("mailbox"), ports.smtp(), Mailbox.DEFAULT_LIMIT),
                started -> "smtp://" + LoopbackPort.HOST + ":" + started.port());
        parts.add(mailbox);
        CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new)).join();
        return mailbox.join();
    }

    /** Whether services can do without the registry until it is there, since they remember what it has answered. */
    boolean remembersSchemas() {
        return usesOwnRegistry() && Files.isDirectory(rememberedSchemas());
    }

    /** What one registry has answered says nothing of the ids of another. */
    private boolean usesOwnRegistry() {
        return options.settings().find("registry.url").isEmpty();
    }

    private Path rememberedSchemas() {
        return options.data().resolve("registry").resolve("known");
    }

    /** The services that are not started here. */
    LeftOut leftOut() {
        return leftOut;
    }

    /** Kills what was started; what is in this process is killed with it. */
    CrashButton crashButton() {
        return crashButton;
    }

    /** The settings by which services find all of it; whatever was set by hand wins. */
    Settings settings() {
        Map<String, String> found = new HashMap<>();
        found.put("kafka.bootstrap", bootstrap());
        found.put("topics.partitions", Integer.toString(shape.partitions()));
        found.put("registry.url", "http://" + LoopbackPort.HOST + ":" + ports.registry() + "/apis/ccompat/v7");
        if (usesOwnRegistry()) {
            // Beside the registry's own data, so that they go together: after a restart nobody waits for it.
            found.put("registry.memory", rememberedSchemas().toAbsolutePath().toString());
        }
        found.put("clickhouse.url", "http://" + LoopbackPort.HOST + ":" + ports.clickhouse());
        if (usesSandbox()) {
            found.put("payment.webhook-secret", webhookSecret());
            found.put("payment.url", "http://" + LoopbackPort.HOST + ":" + ports.provider());
        }
        found.put("mail.host", LoopbackPort.HOST);
        // A mail costs as much processor time as an order: here, where all share a machine, a burst of orders goes
        // first.
        found.put("mail.connections", "1");
        found.put("mail.rate", "10");
        found.put("mail.port", Integer.toString(ports.smtp()));
        found.put("pseudonym.key", LocalSecret.in(options.data().resolve("pseudonym.key")));
        found.put("data.dir", options.data().toString());
        return leftOut.lead(Settings.of(found).overlaidWith(options.settings()));
    }

    private CompletableFuture<?> broker() {
        Path directory = options.data().resolve("broker");
        if (!options.separate()) {
            crashButton.add("broker", () -> ProcessHandle.current().pid());
            return startup.part(
                    layer,
                    "broker",
                    () -> new EmbeddedBroker(directory, ports.kafka(), brokerProperties).start(),
                    broker -> bootstrap()
                            + broker.processors()
                                    .map(processors -> "   on processor " + processors)
                                    .orElse(""));
        }
        List<String> arguments = new ArrayList<>(List.of(directory.toString(), Integer.toString(ports.kafka())));
        brokerProperties.forEach((name, value) -> arguments.add(name + "=" + value));
        JavaCommand command = JavaCommand.ofThisProgram(BrokerServer.class, BROKER_OPTIONS, arguments);
        return startup.part(
                layer,
                "broker",
                () -> supervised("broker", () -> child("broker", command, Map.of(), BROKER_START)),
                broker -> bootstrap() + "   process " + broker.running().pid());
    }

    /** Starts the registry; done when it can be used. */
    CompletableFuture<?> registry() {
        Path directory = options.data().resolve("registry");
        return startup.part(
                layer,
                "registry",
                () -> supervised(
                        "registry",
                        () -> Interruptibly.call(() -> RegistryProcess.start(
                                RegistryInstallation.locate(), directory, ports.registry(), log("registry")))),
                registry -> registry.running().url() + "   process "
                        + registry.running().pid());
    }

    /** Starts ClickHouse, which no order waits for; done when it can be used. */
    CompletableFuture<?> clickhouse() {
        return startup.part(
                layer,
                "clickhouse",
                () -> {
                    Path library = EngineLibrary.of(System.getenv())
                            .obtain((bytes, total) -> progress.update(
                                    "clickhouse", "downloading %d of %d MB".formatted(bytes >> 20, total >> 20)));
                    return supervised(
                            "clickhouse",
                            () -> Interruptibly.call(() -> EngineProcess.start(
                                    library,
                                    options.data().resolve("clickhouse"),
                                    ports.clickhouse(),
                                    log("clickhouse"))));
                },
                engine -> engine.running().url() + "   process "
                        + engine.running().pid());
    }

    /** Starts a child that is started again whenever it ends, and puts it under the crash button. */
    <T extends Child> Supervised<T> supervised(String name, Supplier<T> starter) {
        Supervised<T> part = new Supervised<>(name, starter);
        crashButton.add(name, () -> part.running().pid());
        return part;
    }

    /** Starts a child of this program and waits for its ready line. */
    ChildProcess child(String name, JavaCommand command, Map<String, String> environment, Duration limit) {
        ChildProcess child = ChildProcess.start(name, command, Path.of("").toAbsolutePath(), environment, log(name));
        try {
            Interruptibly.call(() -> child.awaitReadyLine(limit));
            return child;
        } catch (RuntimeException failure) {
            child.kill();
            throw failure;
        }
    }

    private void createTopics() {
        Settings settings = settings();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", settings.required("kafka.bootstrap")))) {
            TopicCheck.ensure(admin, shape.of(Topics::toCreate));
        }
    }

    /** Of the sandbox and of payment: whatever was set by hand wins for both. */
    private String webhookSecret() {
        return options.settings()
                .find("payment.webhook-secret")
                .orElseGet(() -> LocalSecret.in(options.data().resolve("webhook.secret")));
    }

    private boolean usesSandbox() {
        return options.settings().text("payment.provider", "sandbox").equals("sandbox");
    }

    private String bootstrap() {
        return LoopbackPort.HOST + ":" + ports.kafka();
    }

    private Path log(String name) {
        return options.data().resolve("logs").resolve(name + ".log");
    }
}
