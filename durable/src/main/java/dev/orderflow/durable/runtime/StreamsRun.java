package dev.orderflow.durable.runtime;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.effect.Effect;
import dev.orderflow.durable.effect.EffectExecutor;
import dev.orderflow.durable.effect.StoredEffects;
import dev.orderflow.durable.wire.AvroSerdes;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Kafka Streams application, of one service or of several that share their transactions. Safe for use by several threads. */
final class StreamsRun implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StreamsRun.class);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final List<TaskDefinition<?>> definitions;
    private final String name;
    private final String applicationId;
    private final KafkaConnection kafka;
    private final AvroSerdes serdes;
    private final MeterRegistry meters;
    private final BrokerContact contact;
    private @Nullable KafkaStreams streams;
    private @Nullable KafkaStreamsMetrics metrics;
    private List<Thread> lessons = List.of();
    private boolean closed;

    /** @param definitions one, or all that share transactions */
    StreamsRun(List<TaskDefinition<?>> definitions, KafkaConnection kafka, AvroSerdes serdes, MeterRegistry meters) {
        this.definitions = List.copyOf(definitions);
        this.name = definitions.stream().map(TaskDefinition::service).collect(Collectors.joining(", "));
        this.applicationId = isShared()
                ? kafka.prefix()
                : kafka.applicationId(definitions.getFirst().service());
        this.kafka = kafka;
        this.serdes = serdes;
        this.meters = meters;
        this.contact = new BrokerContact(kafka, InstantSource.system());
    }

    private boolean isShared() {
        return definitions.size() > 1;
    }

    private boolean isRelaxed() {
        return definitions.stream().allMatch(TaskDefinition::isRelaxed);
    }

    /**
     * Checks the input topics and begins to run; returns before the stores are restored.
     *
     * @throws TerminalException when a topic is missing, or partitioned otherwise than the others, or when the same services run
     *     elsewhere and share their transactions there but not here, or the other way round
     */
    void start() {
        int partitions;
        ReadBefore read = ReadBefore.NOTHING;
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            partitions = TopicCheck.commonPartitions(admin, readTopics());
            ServicePositions positions = new ServicePositions(admin, kafka);
            if (isShared()) {
                read = positions.together(definitions);
            } else if (!isRelaxed()) {
                positions.alone(definitions.getFirst());
            }
        }
        begin(partitions, read);
    }

    private synchronized void begin(int partitions, ReadBefore read) {
        if (closed) {
            return;
        }
        lessons = definitions.stream()
                .map(definition -> SchemaLesson.begin(definition, kafka.applicationId(definition.service()), serdes))
                .toList();
        makeStateDirectory();
        // There from the start, so that none is a zero and not a gap.
        definitions.forEach(definition -> deadLetters(definition.service()));
        KafkaStreams created = new KafkaStreams(
                TaskTopology.build(
                        definitions,
                        new TaskContext(
                                serdes,
                                partitions,
                                EffectExecutor.virtualThreads(),
                                new FailureLedger(),
                                service -> deadLetters(service).increment(),
                                read)),
                new StreamsConfig(ExactlyOnce.properties(applicationId, isRelaxed(), kafka)),
                new StreamsClients(writtenTopics(), isShared() ? CommitPace.APART_SHARED : CommitPace.APART_ALONE));
        created.setUncaughtExceptionHandler(this::respond);
        created.setStateListener((now, before) -> LOG.debug("{} was {} and is now {}", name, before, now));
        created.setGlobalStateRestoreListener(new RestoreMeter(meters, isShared() ? "shared" : name));
        streams = created;
        metrics = new KafkaStreamsMetrics(created);
        metrics.bindTo(meters);
        created.start();
    }

    private Counter deadLetters(String service) {
        return meters.counter("orderflow.dead.letters", "service", service);
    }

    private List<String> readTopics() {
        return definitions.stream()
                .flatMap(definition -> definition.readTopics().stream())
                .distinct()
                .toList();
    }

    private List<String> writtenTopics() {
        return definitions.stream()
                .flatMap(definition -> definition.writtenTopics(kafka.applicationId(definition.service())).stream())
                .distinct()
                .toList();
    }

    /** Made here, since Kafka Streams fails when several applications of one process make their common parent at once. */
    private void makeStateDirectory() {
        try {
            Files.createDirectories(kafka.stateDirectory());
        } catch (IOException failure) {
            throw new TerminalException(
                    "The state of " + name + " cannot be kept in " + kafka.stateDirectory()
                            + ": set data.dir to a directory that can be written",
                    failure);
        }
    }

    synchronized boolean isReady() {
        return streams != null
                && streams.state() == KafkaStreams.State.RUNNING
                && lessons.stream().noneMatch(Thread::isAlive)
                && contact.missing(streams.metrics()).isEmpty();
    }

    /** Effects of one of its services in this instance whose outcome is not final. */
    List<Effect> effects(TaskDefinition<?> definition, int limit) {
        KafkaStreams running;
        synchronized (this) {
            running = streams;
        }
        if (running == null) {
            throw new RetriableException(definition.service() + " has not started yet");
        }
        try {
            return StoredEffects.list(
                    running.store(StoreQueryParameters.fromNameAndType(
                            TaskTopology.storePrefix(definitions, definition) + TaskTopology.EFFECTS,
                            QueryableStoreTypes.<String, byte[]>keyValueStore())),
                    limit);
        } catch (InvalidStateStoreException moving) {
            throw new RetriableException(
                    "The partitions of " + definition.service() + " are being handed out: ask again", moving);
        }
    }

    synchronized boolean isAlive() {
        return streams == null || !streams.state().hasCompletedShutdown();
    }

    synchronized String status() {
        if (streams == null) {
            return "NOT_STARTED";
        }
        String state = streams.state().name();
        return contact.missing(streams.metrics())
                .map(missing -> state + ", " + missing)
                .orElse(state);
    }

    /** Ends it cleanly, inside {@link DurableApplication#GRACE}. Does nothing where that was done. */
    @Override
    public synchronized void close() {
        closed = true;
        if (metrics != null) {
            metrics.close();
            metrics = null;
        }
        lessons.forEach(Thread::interrupt);
        if (streams != null && !streams.close(DurableApplication.GRACE)) {
            LOG.warn(
                    "{} did not end within {} s; what was not committed is done again",
                    name,
                    DurableApplication.GRACE.toSeconds());
        }
    }

    private StreamThreadExceptionResponse respond(Throwable failure) {
        if (cannotPass(failure)) {
            LOG.error("{} stops: {}", name, failure.getMessage(), failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.warn("{} goes on with a new thread after: {}", name, failure.toString());
        LOG.debug("The failure was", failure);
        LockSupport.parkNanos(PAUSE_NANOS);
        GroupExit.leave(kafka, applicationId, Thread.currentThread());
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private static boolean cannotPass(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TerminalException
                    || cause instanceof AuthorizationException
                    || cause instanceof Error) {
                return true;
            }
        }
        return false;
    }
}
