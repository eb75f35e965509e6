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
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One service of a task: decodes, routes and dead-letters its records, fires its timers, and takes in the outcomes of its
 * effects.
 */
final class TaskPart<H extends TaskHandler> {

    private static final Logger LOG = LoggerFactory.getLogger(TaskPart.class);

    private final TaskDefinition<H> definition;
    private final TaskContext shared;
    private final RunningTask<H> task;

    TaskPart(
            TaskDefinition<H> definition,
            TaskContext shared,
            ProcessorContext<byte[], byte[]> context,
            @Nullable ThreadPulse pulse,
            HandOver handOver,
            String storePrefix) {
        this.definition = definition;
        this.shared = shared;
        this.task = new RunningTask<>(definition, shared, context, pulse, handOver, storePrefix);
    }

    RunningTask<H> task() {
        return task;
    }

    String service() {
        return definition.service();
    }

    boolean reads(String topic) {
        return topic.equals(definition.redriveTopic())
                || definition.input(topic).isPresent();
    }

    /** Whether it reads what other services write there, and so can be handed it. */
    boolean takes(String topic) {
        return definition.input(topic).map(Input::ofServices).orElse(false);
    }

    /** Handles a record, unless that was done when it was written, or before the services shared their transactions. */
    void receive(Record<byte[], byte[]> raw, RecordMetadata from) {
        task.noticeStall();
        boolean handed = takes(from.topic()) && EventHeaders.isHandedTo(raw.headers(), service());
        if (handed || shared.read().has(service(), from.topic(), from.partition(), from.offset())) {
            return;
        }
        Arrival arrival = Arrival.of(raw, from, definition.redriveTopic());
        Optional<String> givenUp = shared.failures().givenUp(service(), arrival.read(), arrival.mostFailures());
        if (givenUp.isPresent()) {
            task.deadLetter(arrival, givenUp.get());
        } else {
            handle(task, arrival);
        }
        if (shared.failures().hasDeeds()) {
            shared.failures().over(handOverOf(from.topic(), raw));
        }
        task.dirty(1);
    }

    /**
     * Handles a record that another service of the task has just written.
     *
     * @return whether it has; if not, it is to be read from its topic like any other, and becomes a dead letter where it must
     */
    boolean take(String topic, SpecificRecord value, Record<byte[], byte[]> raw) {
        task.noticeStall();
        Input<H, ?> input = definition.input(topic).orElseThrow();
        if (shared.failures().hasDeeds() && shared.failures().hasFailed(handOverOf(topic, raw))) {
            return false;
        }
        try {
            if (!deliver(input, topic, value, raw)) {
                return false;
            }
        } catch (PoisonException poison) {
            return false;
        } catch (RetriableException | FencedException | KafkaException passing) {
            throw passing;
        } catch (RuntimeException broken) {
            shared.failures().failed(handOverOf(topic, raw), broken);
            LOG.error("{} failed at what it was handed of {}; it is read from there instead", service(), topic, broken);
            throw broken;
        }
        task.dirty(1);
        return true;
    }

    private Deed handOverOf(String topic, Record<byte[], byte[]> raw) {
        String id = EventHeaders.text(raw.headers(), EventHeaders.ID);
        return new Deed(service(), "hand-over", task.partition(), topic + " " + id);
    }

    /** False where it belongs to another partition by the id inside it. */
    private <T extends SpecificRecord> boolean deliver(
            Input<H, T> input, String topic, SpecificRecord written, Record<byte[], byte[]> raw) {
        T value = input.type().cast(written);
        String key = input.key().apply(value);
        if (Routing.partitionOf(key, shared.partitions()) != task.partition()) {
            return false;
        }
        task.begin(raw.headers());
        input.receiver()
                .accept(
                        task.handler(),
                        new Message<>(
                                value,
                                key,
                                topic,
                                task.partition(),
                                Message.NOT_KNOWN_YET,
                                Instant.ofEpochMilli(raw.timestamp()),
                                raw.headers(),
                                ByteBuffer.wrap(raw.value()).asReadOnlyBuffer()));
        return true;
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
            shared.failures().failed(service(), read, broken);
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
                new Deed(service(), "timer", task.partition(), timer.id() + " " + timer.kind() + " " + timer.due()),
                timer.id(),
                timer.kind() + " due " + timer.due(),
                () -> task.handler().onTimer(timer));
    }

    private void handle(RunningTask<H> task, Effect effect, EffectOutcome outcome) {
        task.beginTrace(effect.trace());
        handle(
                task,
                new Deed(service(), "effect", task.partition(), effect.key()),
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

    /** Fires what is due, and takes in what has come back. */
    void tick() {
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
    }
}
