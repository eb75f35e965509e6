package dev.orderflow.local.rehearsal;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.runtime.KafkaConnection;
import dev.orderflow.durable.settings.Settings;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.local.client.CommandException;
import dev.orderflow.order.recording.Reach;
import dev.orderflow.order.recording.Recordings;
import dev.orderflow.order.recording.Scope;
import dev.orderflow.order.rehearsal.Rehearsal;
import dev.orderflow.order.rehearsal.Tally;
import dev.orderflow.order.saga.OrderSaga;
import dev.orderflow.order.saga.SagaSettings;
import dev.orderflow.order.topology.RecordedAvro;
import dev.orderflow.order.topology.SagaConfiguration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code orderflow rehearse}: replays recorded orders through this build's saga, and shows what it would do differently. */
@Command(
        name = "rehearse",
        description =
                "Replays the orders that Kafka has recorded through the saga of this build, with these settings, and"
                        + " shows which records it would send that were not sent, and the other way round. Writes nothing to"
                        + " Kafka. Exit status 1 where anything differs, 3 where that cannot be said.",
        footer = {
            "",
            "Before a new version of the saga is deployed, run its build against the",
            "running installation, with the settings that it will have: those that are not",
            "given here or in the environment have their defaults, whatever the running",
            "service was started with. To try other settings:",
            "  orderflow rehearse --set order.tax-basis-points=900 --since 24h",
            "docs/rehearsal.md says how it goes about it and what it cannot see."
        })
public final class RehearseCommand implements Callable<Integer> {

    private static final int DIFFERS = 1;
    private static final int UNKNOWN = 3;

    @Option(names = "--bootstrap", paramLabel = "HOST:PORT", description = "Kafka (default: 127.0.0.1:9092).")
    private @Nullable String bootstrap;

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description = "Schema registry, where Confluent's API begins (default:"
                    + " http://127.0.0.1:8081/apis/ccompat/v7).")
    private @Nullable String registry;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Sets a setting of the saga, or of Kafka; may be given more than once.")
    private List<String> assignments = new ArrayList<>();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only orders that were placed in the last 30m, 24h, 7d (default: all that the topics have).")
    private @Nullable String since;

    @Option(names = "--order", paramLabel = "ID", description = "Only this order.")
    private @Nullable String order;

    @Option(names = "--json", description = "Prints the result as JSON.")
    private boolean json;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Show at most so many ways of differing (default: ${DEFAULT-VALUE}).")
    private int limit = 20;

    @Override
    public Integer call() {
        Settings assigned = Settings.fromAssignments(assignments);
        Settings settings =
                withAddresses(Settings.fromEnvironment(System.getenv()).overlaidWith(assigned));
        SagaSettings rules = SagaConfiguration.from(settings);
        KafkaConnection kafka = KafkaConnection.from(settings);
        AvroSerdes serdes = AvroSerdes.from(settings);
        settings.refuseUnread(assigned);
        if (limit < 0) {
            throw new CommandException("--limit " + limit + " is less than nothing: give 0 or more");
        }
        Scope scope = new Scope(
                Optional.ofNullable(since).map(text -> Instant.now().minus(duration(text))),
                Optional.ofNullable(order));
        Rehearsal rehearsal = new Rehearsal(new OrderSaga(rules), new RecordedAvro(serdes));
        Tally tally = new Tally();
        try (Recordings recordings = read(kafka, serdes, scope)) {
            recordings.forEach(recording -> tally.add(recording.orderId(), rehearsal.judge(recording)));
            return told(new Result(rules, recordings.reach(), tally, limit));
        } catch (RetriableException | KafkaException unread) {
            System.err.println(unread.getMessage()
                    + ": start it with ./orderflow up, or name another one with --bootstrap and --registry.");
            return UNKNOWN;
        }
    }

    private static Recordings read(KafkaConnection kafka, AvroSerdes serdes, Scope scope) {
        try (ReadingBar bar = new ReadingBar()) {
            return Recordings.read(kafka, serdes, scope, bar);
        }
    }

    /**
     * All that is to be told.
     *
     * @param limit at most so many groups
     */
    record Result(SagaSettings settings, Reach reach, Tally tally, int limit) {}

    private int told(Result result) {
        if (json) {
            System.out.println(RehearsalJson.of(result).toPrettyString());
        } else {
            RehearsalText.print(System.out, result);
        }
        if (result.tally().orders() == 0) {
            return UNKNOWN;
        }
        return result.tally().differing() > 0 ? DIFFERS : 0;
    }

    /** What is given wins over the environment, and that over the usual. */
    private Settings withAddresses(Settings settings) {
        return with(
                with(settings, "kafka.bootstrap", bootstrap, "127.0.0.1:9092"),
                "registry.url",
                registry,
                "http://127.0.0.1:8081/apis/ccompat/v7");
    }

    private static Settings with(Settings settings, String name, @Nullable String given, String usual) {
        return given == null
                ? settings.withDefault(name, usual)
                : settings.overlaidWith(Settings.of(Map.of(name, given)));
    }

    private static Duration duration(String text) {
        return Settings.of(Map.of("--since", text)).duration("--since", Duration.ZERO);
    }
}
