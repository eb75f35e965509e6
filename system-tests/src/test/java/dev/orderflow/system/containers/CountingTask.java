package dev.orderflow.system.containers;

import dev.orderflow.durable.runtime.Message;
import dev.orderflow.durable.runtime.Task;
import dev.orderflow.durable.runtime.TaskDefinition;
import dev.orderflow.durable.runtime.TaskHandler;
import dev.orderflow.events.StockAdjustment;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.streams.state.KeyValueStore;

/** Numbers the records of each location, from 1: a record that is lost or handled twice shows in every later number. */
final class CountingTask implements TaskHandler {

    static final String IN = "counting.in";
    static final String OUT = "counting.out";
    private static final String COUNTS = "counts";

    private final Task task;
    private final AtomicInteger untilCrash;
    private final KeyValueStore<String, StockAdjustment> counts;

    private CountingTask(Task task, AtomicInteger untilCrash) {
        this.task = task;
        this.untilCrash = untilCrash;
        this.counts = task.store(COUNTS, StockAdjustment.class);
    }

    /** @param untilCrash at so many records the application dies, in the middle of a transaction */
    static TaskDefinition<CountingTask> crashingAfter(int untilCrash) {
        AtomicInteger left = new AtomicInteger(untilCrash);
        return TaskDefinition.named("counting", task -> new CountingTask(task, left))
                .input(IN, StockAdjustment.class, StockAdjustment::getStockLocation, CountingTask::count)
                .output(OUT, StockAdjustment.class)
                .store(COUNTS, StockAdjustment.class)
                .build();
    }

    static TaskDefinition<CountingTask> enduring() {
        return crashingAfter(Integer.MAX_VALUE);
    }

    private void count(Message<StockAdjustment> message) {
        StockAdjustment value = message.value();
        StockAdjustment last = counts.get(message.key());
        StockAdjustment numbered = new StockAdjustment(
                value.getStockLocation(),
                value.getProductId(),
                last == null ? 1L : last.getDelta() + 1,
                value.getAdjustmentId(),
                value.getAt());
        counts.put(message.key(), numbered);
        task.emit(OUT, message.key(), numbered, "numbered-" + value.getAdjustmentId(), "Numbered");
        if (untilCrash.decrementAndGet() == 0) {
            throw new AssertionError("The test ends the application here");
        }
    }
}
