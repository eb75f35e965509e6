package dev.orderflow.durable.runtime;

import dev.orderflow.durable.effect.EffectHost;
import dev.orderflow.durable.effect.Effects;
import dev.orderflow.durable.effect.StoredEffects;
import dev.orderflow.durable.timer.StoredTimers;
import dev.orderflow.durable.timer.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One partition of a service while it runs: what its handler works with, and what is still to be committed. */
final class RunningTask<H extends TaskHandler> implements Task, EffectHost {

    private static final Logger LOG = LoggerFactory.getLogger(RunningTask.class);

    /** Well below the time after which a silent instance is taken for dead. */
    private static final long STALL_NANOS = Duration.ofSeconds(3).toNanos();

    final ProcessorContext<byte[], byte[]> context;
    final @Nullable StoredTimers storedTimers;
    final @Nullable StoredEffects storedEffects;

    private final TaskDefinition<H> definition;
    private final TaskContext shared;
    private final HandOver handOver;
    private final String storePrefix;
    private final @Nullable ThreadPulse pulse;
    private final String source;
    private final H handler;
    private @Nullable String traceparent;
    private final List<Runnable> whenDriverCommitted = new ArrayList<>();
    private long lastSeenNanos = System.nanoTime();
    private boolean dirty;
    private boolean awaited;
    private long awaitedCommit;
    private long dirtyCommit;
    private boolean ended = true;
    private long dirtySince;
    private @Nullable Instant batchEndAgain;

    RunningTask(
            TaskDefinition<H> definition,
            TaskContext shared,
            ProcessorContext<byte[], byte[]> context,
            @Nullable ThreadPulse pulse,
            HandOver handOver,
            String storePrefix) {
        this.handOver = handOver;
        this.storePrefix = storePrefix;
        this.definition = definition;
        this.shared = shared;
        this.context = context;
        this.pulse = pulse;
        this.source = "/orderflow/" + definition.service();
        this.storedTimers = definition.hasTimers()
                ? new StoredTimers(context.getStateStore(storePrefix + TaskTopology.TIMERS))
                : null;
        this.storedEffects = definition
                .effectCall()
                .map(call -> new StoredEffects(
                        context.getStateStore(storePrefix + TaskTopology.EFFECTS),
                        call,
                        definition.effectBrake(),
                        shared.partitions(),
                        shared.executor(),
                        this,
                        definition.effectsInMemory()))
                .orElse(null);
        this.handler = definition.handlerFor(this);
        if (pulse != null) {
            pulse.transactions().running(context.taskId(), true);
        }
        if (storedEffects != null) {
            storedEffects.resume();
        }
    }

    @Override
    public void wake() {
        if (pulse != null) {
            pulse.wake();
        }
    }

    @Override
    public void whenCommitted(Runnable action) {
        awaited();
        if (pulse != null) {
            pulse.whenCommitted(action);
        } else {
            whenDriverCommitted.add(action);
        }
    }

    @Override
    public void afterCommit(Runnable action) {
        if (pulse != null) {
            pulse.afterCommit(action);
        } else {
            whenDriverCommitted.add(action);
        }
    }

    /** A test driver commits before it comes here again. */
    void driverCommitted() {
        if (!whenDriverCommitted.isEmpty()) {
            List<Runnable> due = List.copyOf(whenDriverCommitted);
            whenDriverCommitted.clear();
            due.forEach(Runnable::run);
        }
    }

    @Override
    public @Nullable String trace() {
        return traceparent;
    }

    /**
     * Looks whether the process was stopped for so long that the task may be somebody else's by now: then no effect leaves
     * before a commit has shown that it is not.
     */
    void noticeStall() {
        if (storedEffects == null || pulse == null) {
            return;
        }
        long now = System.nanoTime();
        if (now - lastSeenNanos > STALL_NANOS) {
            storedEffects.distrustUntilCommitted();
            dirty(1);
        }
        lastSeenNanos = now;
    }

    H handler() {
        return handler;
    }

    @Override
    public Instant now() {
        return Instant.ofEpochMilli(context.currentSystemTimeMs());
    }

    @Override
    public int partition() {
        return context.taskId().partition();
    }

    @Override
    public <V extends SpecificRecord> KeyValueStore<String, V> store(String name, Class<V> type) {
        if (!type.equals(definition.stores().get(name))) {
            throw new IllegalArgumentException(
                    definition.service() + " has no store '" + name + "' of " + type.getSimpleName());
        }
        return context.getStateStore(storePrefix + name);
    }

    @Override
    public void emit(String topic, String key, SpecificRecord value, String eventId, String eventType) {
        emitUnhurried(topic, key, value, eventId, eventType);
        awaited();
    }

    private void awaited() {
        awaited = true;
        awaitedCommit = commits();
    }

    @Override
    public void emitUnhurried(String topic, String key, SpecificRecord value, String eventId, String eventType) {
        if (!definition.outputs().containsKey(topic)) {
            throw new IllegalArgumentException(topic + " is no output of " + definition.service());
        }
        Instant now = now();
        handOver.write(
                topic,
                key,
                value,
                new Record<>(
                        Routing.keyBytes(key),
                        RecordSize.checked(topic, shared.serdes().serialize(topic, value)),
                        now.toEpochMilli(),
                        EventHeaders.ofChecked(eventId, eventType, source, now, traceparent)));
    }

    @Override
    public Timers timers() {
        if (storedTimers == null) {
            throw new IllegalStateException(definition.service() + " was defined without timers");
        }
        return storedTimers;
    }

    @Override
    public Effects effects() {
        if (storedEffects == null) {
            throw new IllegalStateException(definition.service() + " was defined without effects");
        }
        return storedEffects;
    }

    /** What follows belongs to the trace in these headers, or to a new one. */
    void begin(@Nullable Headers headers) {
        beginTrace(headers == null ? null : EventHeaders.traceparent(headers));
    }

    /** What follows belongs to this trace, or to a new one. */
    void beginTrace(@Nullable String trace) {
        traceparent = trace;
    }

    /** Sends a record to the partition of the id inside it, which its producer's partitioner has missed. */
    void reroute(Arrival arrival, String key) {
        Record<byte[], byte[]> raw = arrival.raw();
        context.forward(
                raw.withKey(Routing.keyBytes(key))
                        .withTimestamp(Math.max(0, raw.timestamp()))
                        .withHeaders(EventHeaders.rerouted(raw.headers())),
                TaskTopology.againOf(arrival.read().topic()));
    }

    @Override
    public void deadLetter(Origin from, byte[] key, byte[] value, Headers headers, String reason) {
        writeDeadLetter(from, key, value, headers, reason);
    }

    void deadLetter(Arrival arrival, String reason) {
        Record<byte[], byte[]> raw = arrival.raw();
        Headers headers = DeadLetterHeaders.withTimestamp(
                new RecordHeaders(raw.headers()), arrival.timestamp().toEpochMilli());
        writeDeadLetter(arrival.origin(), raw.key(), raw.value(), headers, reason);
    }

    private void writeDeadLetter(
            Origin from, byte @Nullable [] key, byte @Nullable [] value, Headers headers, String reason) {
        LOG.warn(
                "{} cannot handle {}-{} offset {}, which is now in {}: {}",
                definition.service(),
                from.topic(),
                from.partition(),
                from.offset(),
                definition.deadLetterTopic(),
                reason);
        context.forward(
                new Record<>(
                        key,
                        value,
                        now().toEpochMilli(),
                        DeadLetterHeaders.of(headers, definition.service(), from, now(), reason)),
                TaskTopology.sinkOf(definition.deadLetterTopic()));
        shared.deadLettered().accept(definition.service());
    }

    /** So much has been done that is to be committed. */
    void dirty(int done) {
        if (done > 0) {
            ended = false;
            if (!isDirty()) {
                dirty = true;
                dirtyCommit = commits();
                dirtySince = System.nanoTime();
            }
        }
    }

    /** Whether work is done that no commit of the thread has covered. */
    boolean isDirty() {
        return dirty && dirtyCommit == commits();
    }

    /** Whether somebody waits for what is to be committed. */
    boolean isAwaited() {
        return awaited && awaitedCommit == commits();
    }

    long dirtyForNanos() {
        return System.nanoTime() - dirtySince;
    }

    boolean hasEffectsInFlight() {
        return storedEffects != null && storedEffects.inFlight() > 0;
    }

    /** When it has something to do by itself, in milliseconds since 1970, so that no poll blocks for longer. */
    long nextDue() {
        long timer = storedTimers == null ? Long.MAX_VALUE : storedTimers.nextDue();
        long effect = storedEffects == null ? Long.MAX_VALUE : storedEffects.nextDue();
        long again = batchEndAgain == null ? Long.MAX_VALUE : batchEndAgain.toEpochMilli();
        return Math.min(again, Math.min(timer, effect));
    }

    /** Whether the handler has written what its batch leads to only once. */
    boolean hasEnded() {
        return ended;
    }

    /** Lets the handler write what one batch leads to only once. */
    void endBatch() {
        if (!ended) {
            ended = true;
            // What is written now belongs to no record alone.
            begin(null);
            batchEndAgain = handler.onBatchEnd();
        }
    }

    /** Comes back to a handler that has asked for it when its batch ended. */
    void endBatchAgain() {
        if (batchEndAgain != null && ended && !now().isBefore(batchEndAgain)) {
            batchEndAgain = null;
            dirty(1);
        }
    }

    /** All that it has done is about to be committed. */
    void clean() {
        dirty = false;
        awaited = false;
    }

    @Override
    public boolean restsOnUncommitted() {
        return handOver.isShared();
    }

    private long commits() {
        return pulse == null ? 0 : pulse.commits();
    }

    void close() {
        if (storedEffects != null) {
            storedEffects.close();
        }
        if (pulse != null) {
            pulse.transactions().running(context.taskId(), false);
            pulse.forget(partition());
            pulse.forgetCommit();
        }
    }
}
