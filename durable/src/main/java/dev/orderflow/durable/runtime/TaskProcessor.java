package dev.orderflow.durable.runtime;

import dev.orderflow.durable.FencedException;
import dev.orderflow.durable.PoisonException;
import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.effect.Effect;
import dev.orderflow.durable.effect.EffectOutcome;
import dev.orderflow.durable.effect.StoredEffects;
import dev.orderflow.durable.runtime.FailureLedger.Deed;
import dev.orderflow.durable.timer.StoredTimers;
import dev.orderflow.durable.timer.Timer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a definition's handler for one partition: decodes, routes and dead-letters records, fires timers, hands over the
 * outcomes of effects, and asks for one commit for all that one poll has brought.
 */
final class TaskProcessor<H extends TaskHandler> implements Processor<byte[], byte[], byte[], byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(TaskProcessor.class);

    /** How often the stream thread looks for outcomes of effects at most, as it goes round its loop. */
    private static final Duration QUICK_TICK = Duration.ofMillis(1);

    /** How often it looks for timers and commits that wait: each look makes Kafka Streams take smaller bites of records. */
    private static final Duration TICK = Duration.ofMillis(4);

    /** How long finished work waits for the outcomes of effects begun with it, to share one transaction with them. */
    private static final long SHARED_COMMIT_NANOS = Duration.ofMillis(10).toNanos();

    /** How long finished work that nobody waits for may wait for company. */
    private static final long UNHURRIED_NANOS = Duration.ofMillis(40).toNanos();

    /** Work of a batch that takes longer is committed in parts. */
    private static final long LONGEST_UNCOMMITTED_NANOS = Duration.ofMillis(50).toNanos();

    private final TaskDefinition<H> definition;
    private final TaskContext shared;
    private @Nullable RunningTask<H> running;
    private @Nullable Cancellable ticks;

    TaskProcessor(TaskDefinition<H> definition, TaskContext shared) {
        this.definition = definition;
        this.shared = shared;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        RunningTask<H> task = new RunningTask<>(definition, shared, context, ThreadPulse.current());
        running = task;
        Duration tick = definition.effectCall().isPresent() ? QUICK_TICK : TICK;
        task.noteNextDue();
        ticks = context.schedule(tick, PunctuationType.WALL_CLOCK_TIME, now -> tick(task));
    }

    @Override
    public void process(Record<byte[], byte[]> raw) {
        RunningTask<H> task = running();
        task.noticeStall();
        RecordMetadata from = task.context
                .recordMetadata()
                .orElseThrow(
                        () -> new IllegalStateException("A record without a place came to " + definition.service()));
        Arrival arrival = Arrival.of(raw, from, definition.redriveTopic());
        Optional<String> givenUp = shared.failures().givenUp(arrival.read(), arrival.mostFailures());
        if (givenUp.isPresent()) {
            task.deadLetter(arrival, givenUp.get());
        } else {
            handle(task, arrival);
        }
        task.handled();
        settleBatch(task);
        task.noteNextDue();
    }

    @Override
    public void close() {
        if (ticks != null) {
            // A suspended task keeps its schedules: what is resumed must not be ticked by its past self, too.
            ticks.cancel();
            ticks = null;
        }
        if (running != null) {
            running.close();
            running = null;
        }
    }

    private void handle(RunningTask<H> task, Arrival arrival) {
        Origin read = arrival.read();
        try {
            if (arrival.again()) {
                refuseLate(arrival, task.now());
            }
            String topic = arrival.origin().topic();
            Input<H, ?> input = definition.input(topic).orElseThrow(() -> notRead(topic));
            dispatch(task, input, arrival);
        } catch (PoisonException poison) {
            task.deadLetter(arrival, String.valueOf(poison.getMessage()));
        } catch (RetriableException | FencedException | KafkaException passing) {
            throw passing;
        } catch (RuntimeException broken) {
            shared.failures().failed(read, broken);
            LOG.error(
                    "{} failed at {}-{} offset {}; it is read again, and is a dead letter after {} failures",
                    definition.service(),
                    read.topic(),
                    read.partition(),
                    read.offset(),
                    arrival.mostFailures(),
                    broken);
            throw broken;
        }
    }

    private static void refuseLate(Arrival arrival, Instant now) {
        Instant until = arrival.until()
                .orElseThrow(
                        () -> new PoisonException(
                                "It does not say until when it may be handled ("
                                        + DeadLetterHeaders.REDRIVE_UNTIL
                                        + "): send it again with orderflow dead-letters, or POST /dead-letters/redrive, and not by hand"));
        if (now.isAfter(until)) {
            throw new PoisonException("It was to be handled until " + until
                    + ": later, nobody may remember any more what became of it before");
        }
    }

    /** Only what is sent again can come from elsewhere than from an input. */
    private PoisonException notRead(String topic) {
        return new PoisonException(
                topic.equals(definition.redriveTopic())
                        ? "It does not say where it comes from by " + DeadLetterHeaders.TOPIC + ", "
                                + DeadLetterHeaders.PARTITION + " and " + DeadLetterHeaders.OFFSET
                        : definition.service() + " does not read " + topic + ", from which it is said to come");
    }

    private <T extends SpecificRecord> void dispatch(RunningTask<H> task, Input<H, T> input, Arrival arrival) {
        Record<byte[], byte[]> raw = arrival.raw();
        if (raw.value() == null) {
            throw new PoisonException("The value is null");
        }
        if (raw.key() == null) {
            throw new PoisonException("The key is null: the key of " + input.topic() + " is the id inside its value");
        }
        T value = shared.serdes().deserialize(input.topic(), raw.value(), input.type());
        String key = input.key().apply(value);
        if (Routing.partitionOf(key, shared.partitions()) != arrival.read().partition()) {
            task.reroute(arrival, key);
            return;
        }
        task.begin(raw.headers());
        Origin origin = arrival.origin();
        input.receiver()
                .accept(
                        task.handler(),
                        new Message<>(
                                value,
                                key,
                                origin.topic(),
                                origin.partition(),
                                origin.offset(),
                                arrival.timestamp(),
                                raw.headers(),
                                ByteBuffer.wrap(raw.value()).asReadOnlyBuffer()));
    }

    private void handle(RunningTask<H> task, Timer timer) {
        task.begin(null);
        handle(
                task,
                new Deed("timer", task.partition(), timer.id() + " " + timer.kind() + " " + timer.due()),
                timer.id(),
                timer.kind() + " due " + timer.due(),
                () -> task.handler().onTimer(timer));
    }

    private void handle(RunningTask<H> task, Effect effect, EffectOutcome outcome) {
        task.beginTrace(effect.trace());
        handle(
                task,
                new Deed("effect", task.partition(), effect.key()),
                effect.key(),
                effect.payload(),
                () -> task.handler().onEffect(effect, outcome));
    }

    /** What fires or comes back fires or comes back again until it is handled: one that never can be is set aside. */
    private void handle(RunningTask<H> task, Deed deed, String key, String content, Runnable handler) {
        Optional<String> givenUp = shared.failures().givenUp(deed);
        if (givenUp.isPresent()) {
            task.deadLetter(
                    new Origin(deed.kind(), deed.partition(), -1),
                    Routing.keyBytes(key),
                    content.getBytes(StandardCharsets.UTF_8),
                    new RecordHeaders(),
                    givenUp.get());
            if (task.storedEffects != null && deed.kind().equals("effect")) {
                task.storedEffects.cancel(key);
            }
            return;
        }
        try {
            handler.run();
        } catch (RetriableException | FencedException | KafkaException passing) {
            throw passing;
        } catch (RuntimeException broken) {
            shared.failures().failed(deed, broken);
            LOG.error(
                    "{} failed at its {} {}, which comes again, and is a dead letter after {} failures",
                    definition.service(),
                    deed.kind(),
                    deed.name(),
                    FailureLedger.MOST_FAILURES,
                    broken);
            throw broken;
        }
    }

    private void tick(RunningTask<H> task) {
        task.noticeStall();
        task.driverCommitted();
        task.begin(null);
        StoredTimers timers = task.storedTimers;
        if (timers != null && timers.isDue(task.now())) {
            task.dirty(timers.fire(task.now(), timer -> handle(task, timer)));
        }
        StoredEffects effects = task.storedEffects;
        if (effects != null) {
            effects.startDue();
            task.dirty(effects.drain((effect, outcome) -> handle(task, effect, outcome)));
            task.dirty(effects.tellHeld((effect, reason) -> {
                task.beginTrace(effect.trace());
                task.handler().onHeld(effect, reason);
            }));
        }
        task.endBatchAgain();
        settleBatch(task);
        task.noteNextDue();
    }

    /**
     * Commits when all that was fetched has been handled. What nobody waits for waits a while for something that does, and
     * shares its transaction: a transaction costs more than all that is in it. Outcomes of effects of the batch are given
     * a moment to come back; and commits are some milliseconds apart, further where they take long, which nobody notices alone and
     * which makes batches under load. The
     * commits that Kafka Streams makes by itself are no help: each tick makes it believe that there is something to commit,
     * so that with a short interval it commits the same offsets over and over while nothing happens.
     */
    private void settleBatch(RunningTask<H> task) {
        if (!task.isDirty()) {
            return;
        }
        if (task.isTaskDone()) {
            task.endBatch();
        }
        if (!task.isBatchDone()) {
            if (task.dirtyForNanos() > Math.max(LONGEST_UNCOMMITTED_NANOS, task.spacingNanos())) {
                task.commit();
            }
            return;
        }
        long effectsMayTake = task.hasEffectsInFlight() ? SHARED_COMMIT_NANOS - task.dirtyForNanos() : 0;
        long company = task.isAwaited() ? 0 : UNHURRIED_NANOS - task.dirtyForNanos();
        long wait = Math.max(company, Math.max(effectsMayTake, task.spacingLeft()));
        if (wait > 0) {
            task.awaitCommit(wait);
        } else {
            task.commit();
        }
    }

    private RunningTask<H> running() {
        if (running == null) {
            throw new IllegalStateException(definition.service() + " was not initialised");
        }
        return running;
    }
}
