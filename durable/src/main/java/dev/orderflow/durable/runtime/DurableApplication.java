package dev.orderflow.durable.runtime;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.ServicePart;
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
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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

/**
 * A service running on Kafka Streams with exactly-once transactions. A stream thread that dies of a passing failure is
 * replaced; one that dies of a failure that cannot pass takes the application down, which readiness then shows. Safe for
 * use by several threads.
 */
public final class DurableApplication implements ServicePart {

    /** A clean end takes at most this long. */
    public static final Duration GRACE = Duration.ofSeconds(4);

    private static final Logger LOG = LoggerFactory.getLogger(DurableApplication.class);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final TaskDefinition<?> definition;
    private final KafkaConnection kafka;
    private final AvroSerdes serdes;
    private final MeterRegistry meters;
    private final BrokerContact contact;
    private @Nullable KafkaStreams streams;
    private @Nullable KafkaStreamsMetrics metrics;
    private @Nullable Thread lesson;

    public DurableApplication(
            TaskDefinition<?> definition, KafkaConnection kafka, AvroSerdes serdes, MeterRegistry meters) {
        this.definition = definition;
        this.kafka = kafka;
        this.serdes = serdes;
        this.meters = meters;
        this.contact = new BrokerContact(kafka, InstantSource.system());
    }

    /**
     * Checks the input topics and begins to run; returns before the stores are restored.
     *
     * @throws TerminalException when a topic is missing, or partitioned otherwise than the others
     */
    @Override
    public synchronized void start() {
        int partitions;
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            partitions = TopicCheck.commonPartitions(admin, definition.readTopics());
        }
        lesson = SchemaLesson.begin(definition, kafka.applicationId(definition.service()), serdes);
        makeStateDirectory();
        Counter deadLetters = meters.counter("orderflow.dead.letters", "service", definition.service());
        KafkaStreams created = new KafkaStreams(
                TaskTopology.of(
                        definition, serdes, partitions, EffectExecutor.virtualThreads(), deadLetters::increment),
                new StreamsConfig(ExactlyOnce.properties(definition, kafka)),
                new StreamsClients(definition.writtenTopics(kafka.applicationId(definition.service()))));
        created.setUncaughtExceptionHandler(this::respond);
        created.setStateListener(
                (now, before) -> LOG.debug("{} was {} and is now {}", definition.service(), before, now));
        created.setGlobalStateRestoreListener(new RestoreMeter(meters, definition.service()));
        streams = created;
        metrics = new KafkaStreamsMetrics(created);
        metrics.bindTo(meters);
        created.start();
    }

    /** Made here, since Kafka Streams fails when several applications of one process make their common parent at once. */
    private void makeStateDirectory() {
        try {
            Files.createDirectories(kafka.stateDirectory());
        } catch (IOException failure) {
            throw new TerminalException(
                    "The state of " + definition.service() + " cannot be kept in " + kafka.stateDirectory()
                            + ": set data.dir to a directory that can be written",
                    failure);
        }
    }

    /**
     * Whether it handles messages: false while it starts, learns its schemas, restores or is down, and while it cannot reach
     * Kafka.
     */
    @Override
    public synchronized boolean isReady() {
        return streams != null
                && streams.state() == KafkaStreams.State.RUNNING
                && (lesson == null || !lesson.isAlive())
                && contact.missing(streams.metrics()).isEmpty();
    }

    /**
     * Effects of this instance whose outcome is not final.
     *
     * @param limit at most so many, 0 or more
     * @throws dev.orderflow.durable.RetriableException while its partitions are being handed out
     */
    public List<Effect> effects(int limit) {
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
                            TaskTopology.EFFECTS, QueryableStoreTypes.<String, byte[]>keyValueStore())),
                    limit);
        } catch (InvalidStateStoreException moving) {
            throw new RetriableException(
                    "The partitions of " + definition.service() + " are being handed out: ask again", moving);
        }
    }

    /** Whether it can come to handle messages without being started anew. */
    @Override
    public synchronized boolean isAlive() {
        return streams == null || !streams.state().hasCompletedShutdown();
    }

    /** Where it is, in the words of Kafka Streams, and what it misses. */
    @Override
    public synchronized String status() {
        if (streams == null) {
            return "NOT_STARTED";
        }
        String state = streams.state().name();
        return contact.missing(streams.metrics())
                .map(missing -> state + ", " + missing)
                .orElse(state);
    }

    /** Ends it cleanly, inside {@link #GRACE}: what was begun is committed or will be read again. */
    @Override
    public synchronized void close() {
        if (metrics != null) {
            metrics.close();
        }
        if (lesson != null) {
            lesson.interrupt();
        }
        if (streams != null && !streams.close(GRACE)) {
            LOG.warn(
                    "{} did not end within {} s; what was not committed is done again",
                    definition.service(),
                    GRACE.toSeconds());
        }
    }

    private StreamThreadExceptionResponse respond(Throwable failure) {
        if (cannotPass(failure)) {
            LOG.error("{} stops: {}", definition.service(), failure.getMessage(), failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.warn("{} goes on with a new thread after: {}", definition.service(), failure.toString());
        LOG.debug("The failure was", failure);
        LockSupport.parkNanos(PAUSE_NANOS);
        GroupExit.leave(kafka, definition.service(), Thread.currentThread());
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
