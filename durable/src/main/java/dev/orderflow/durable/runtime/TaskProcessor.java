package dev.orderflow.durable.runtime;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Runs the services of one task on its stream thread. */
final class TaskProcessor implements Processor<byte[], byte[], byte[], byte[]> {

    /** How often the stream thread looks for outcomes of effects at most, as it goes round its loop. */
    private static final Duration QUICK_TICK = Duration.ofMillis(1);

    /** How often it looks for timers and commits that wait: each look makes Kafka Streams take smaller bites of records. */
    private static final Duration TICK = Duration.ofMillis(4);

    private final List<TaskDefinition<?>> definitions;
    private final TaskContext shared;
    private @Nullable TaskGroup running;
    private @Nullable Cancellable ticks;

    TaskProcessor(List<TaskDefinition<?>> definitions, TaskContext shared) {
        this.definitions = List.copyOf(definitions);
        this.shared = shared;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        TaskGroup group = new TaskGroup(definitions, shared, context, ThreadPulse.current());
        running = group;
        boolean effects = definitions.stream()
                .anyMatch(definition -> definition.effectCall().isPresent());
        ticks = context.schedule(effects ? QUICK_TICK : TICK, PunctuationType.WALL_CLOCK_TIME, now -> group.tick());
    }

    @Override
    public void process(Record<byte[], byte[]> raw) {
        if (running == null) {
            throw new IllegalStateException("This task was not initialised");
        }
        running.receive(raw);
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
}
