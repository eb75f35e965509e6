package dev.orderflow.durable.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The services of one task while it runs, mostly one alone. They share its transactions: what one of them writes for another is
 * handed over, and one commit is asked for for all that one poll has brought. Confined to the stream thread.
 */
final class TaskGroup {

    /** How long finished work waits for the outcomes of effects begun with it, to share one transaction with them. */
    private static final long SHARED_COMMIT_NANOS = Duration.ofMillis(10).toNanos();

    /** How long finished work that nobody waits for may wait for company. */
    private static final long UNHURRIED_NANOS = Duration.ofMillis(40).toNanos();

    /** Work of a batch that takes longer is committed in parts. */
    private static final long LONGEST_UNCOMMITTED_NANOS = Duration.ofMillis(50).toNanos();

    private final ProcessorContext<byte[], byte[]> context;
    private final @Nullable ThreadPulse pulse;
    private final List<TaskPart<?>> parts = new ArrayList<>();
    private final HandOver handOver;

    /** How far apart its commits are at least. */
    private final long spacingNanos;

    TaskGroup(
            List<TaskDefinition<?>> definitions,
            TaskContext shared,
            ProcessorContext<byte[], byte[]> context,
            @Nullable ThreadPulse pulse) {
        this.context = context;
        this.pulse = pulse;
        this.handOver = new HandOver(context, parts, shared.partitions(), pulse);
        this.spacingNanos = definitions.stream()
                .mapToLong(definition -> definition.commitSpacing().toNanos())
                .max()
                .orElse(0);
        for (TaskDefinition<?> definition : definitions) {
            parts.add(part(definition, shared, TaskTopology.storePrefix(definitions, definition)));
            handOver.catchUpWith(definition.inputsOfServices());
        }
        noteNextDue();
    }

    private <H extends TaskHandler> TaskPart<H> part(TaskDefinition<H> definition, TaskContext shared, String prefix) {
        return new TaskPart<>(definition, shared, context, pulse, handOver, prefix);
    }

    /** Has a record handled by each service that reads its topic. */
    void receive(Record<byte[], byte[]> raw) {
        RecordMetadata from = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("A record without a place came to " + context.taskId()));
        for (TaskPart<?> part : parts) {
            if (part.reads(from.topic())) {
                part.receive(raw, from);
            }
        }
        handOver.received(from.topic(), raw.headers());
        if (pulse != null) {
            pulse.handled(partition());
        }
        handOver.carryOut();
        settleBatch();
        noteNextDue();
    }

    /** Fires timers, starts effects and hands over what has come of them. */
    void tick() {
        for (TaskPart<?> part : parts) {
            part.tick();
        }
        handOver.carryOut();
        settleBatch();
        noteNextDue();
    }

    private void noteNextDue() {
        if (pulse != null) {
            pulse.due(
                    partition(),
                    parts.stream()
                            .mapToLong(part -> part.task().nextDue())
                            .min()
                            .orElse(Long.MAX_VALUE));
        }
    }

    /**
     * Commits when all that was fetched has been handled. What nobody waits for waits a while for something that does, and
     * shares its transaction: a transaction costs more than all that is in it. Outcomes of effects of the batch are given
     * a moment to come back, where they may leave before the commit; and commits are some milliseconds apart, further where they
     * take long, which nobody notices alone and which makes batches under load. The
     * commits that Kafka Streams makes by itself are no help: each tick makes it believe that there is something to commit,
     * so that with a short interval it commits the same offsets over and over while nothing happens.
     */
    private void settleBatch() {
        boolean taskDone = pulse == null || pulse.isTaskDone(partition());
        if (taskDone) {
            handOver.fetchedIsHandled();
        }
        if (parts.stream().noneMatch(part -> part.task().isDirty())) {
            return;
        }
        if (taskDone) {
            endBatch();
        }
        long dirtyFor = parts.stream()
                .filter(part -> part.task().isDirty())
                .mapToLong(part -> part.task().dirtyForNanos())
                .max()
                .orElse(0);
        if (pulse != null && !pulse.isBatchDone()) {
            if (dirtyFor > Math.max(LONGEST_UNCOMMITTED_NANOS, spacingNanos)) {
                commit();
            }
            return;
        }
        long apart = pulse == null ? 0 : pulse.spacingLeft(spacingNanos);
        long wait = Math.max(company(dirtyFor), Math.max(effects(dirtyFor), apart));
        if (wait <= 0) {
            commit();
        } else if (pulse != null) {
            pulse.awaitCommit(wait);
        }
    }

    /** What is written at the end is part of the batch, too, of the service that it is handed over to. */
    private void endBatch() {
        while (parts.stream().anyMatch(part -> !part.task().hasEnded())) {
            parts.forEach(part -> part.task().endBatch());
            handOver.carryOut();
        }
    }

    private long company(long dirtyFor) {
        return parts.stream().anyMatch(part -> part.task().isAwaited()) ? 0 : UNHURRIED_NANOS - dirtyFor;
    }

    /** Where services share transactions, effects leave after the commit, and there are always some under way. */
    private long effects(long dirtyFor) {
        boolean awaited = parts.size() == 1 && parts.getFirst().task().hasEffectsInFlight();
        return awaited ? SHARED_COMMIT_NANOS - dirtyFor : 0;
    }

    private void commit() {
        parts.forEach(part -> part.task().clean());
        if (pulse != null) {
            pulse.committed();
        }
        context.commit();
    }

    private int partition() {
        return context.taskId().partition();
    }

    /** Forgets all that is under way: the task is somebody else's now. */
    void close() {
        parts.forEach(part -> part.task().close());
    }
}
