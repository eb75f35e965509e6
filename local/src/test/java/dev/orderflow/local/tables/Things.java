package dev.orderflow.local.tables;

import dev.orderflow.durable.runtime.DurableApplication;
import dev.orderflow.durable.runtime.KafkaConnection;
import dev.orderflow.durable.runtime.Message;
import dev.orderflow.durable.runtime.Task;
import dev.orderflow.durable.runtime.TaskDefinition;
import dev.orderflow.durable.runtime.TaskHandler;
import dev.orderflow.durable.timer.Timer;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import dev.orderflow.events.StockAdjustment;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A service that keeps a row and a timer for each message, says what it keeps when it is asked to, and can be told to write
 * and then to hang in the middle of its commit.
 */
final class Things {

    static final String IN = "things.in";
    static final String OUT = "things.out";
    static final String DEAD_LETTERS = "things.dead-letters";
    static final String REDRIVES = "things.redrives";
    static final String CHANGELOG = "test-things-rows-changelog";
    static final int PARTITIONS = 2;

    static final String KEEP = "keep";
    static final String DROP = "drop";
    static final String SAY = "say";
    static final String HANG = "hang";
    static final String NEVER = "never-";

    /** More than is sent at once. */
    private static final int ROWS_BEFORE_HANGING = 20_000;

    private Things() {}

    /**
     * @param hang runs when it is told to hang, as soon as some of what it has written is in its changelog; where it is null, such
     *     messages do nothing
     */
    static DurableApplication application(
            String bootstrap, Path directory, MeterRegistry meters, @Nullable Runnable hang) {
        KafkaConnection kafka = new KafkaConnection(
                bootstrap,
                "test",
                "1",
                directory,
                (short) 1,
                1,
                0,
                Duration.ofSeconds(6),
                hang == null ? Map.of() : HangOnceSent.SETTING);
        TaskDefinition<Handler> definition = TaskDefinition.named("things", task -> new Handler(task, hang))
                .input(IN, StockAdjustment.class, StockAdjustment::getStockLocation, Handler::on)
                .output(OUT, StockAdjustment.class)
                .store("rows", StockAdjustment.class)
                .timers()
                .build();
        return new DurableApplication(definition, kafka, serdes(), meters);
    }

    /** Serdes that agree with those of every other process about the id of the schema. */
    static AvroSerdes serdes() {
        InMemoryRegistry registry = new InMemoryRegistry();
        registry.register("StockAdjustment", StockAdjustment.getClassSchema());
        return AvroSerdes.with(registry);
    }

    static StockAdjustment thing(String key, String what, String version) {
        return new StockAdjustment(key, what, 1L, version, Instant.EPOCH);
    }

    /** A row as a digest tells it. */
    static int digest(int before, String key, StockAdjustment row) {
        return 31 * (31 * before + key.hashCode()) + row.getAdjustmentId().hashCode();
    }

    private static final class Handler implements TaskHandler {

        private final Task task;
        private final @Nullable Runnable hang;
        private final KeyValueStore<String, StockAdjustment> rows;

        Handler(Task task, @Nullable Runnable hang) {
            this.task = task;
            this.hang = hang;
            this.rows = task.store("rows", StockAdjustment.class);
        }

        void on(Message<StockAdjustment> message) {
            String key = message.key();
            switch (message.value().getProductId()) {
                case KEEP -> {
                    rows.put(key, message.value());
                    task.timers().schedule(key, "later", task.now().plus(Duration.ofDays(1)));
                }
                case DROP -> rows.delete(key);
                case SAY -> say(key);
                case HANG -> {
                    if (hang == null) {
                        return;
                    }
                    for (int i = 0; i < ROWS_BEFORE_HANGING; i++) {
                        rows.put(NEVER + i, message.value());
                    }
                    HangOnceSent.arm(hang);
                }
                default -> throw new IllegalArgumentException("Unknown: " + message.value());
            }
        }

        private void say(String key) {
            int count = 0;
            int digest = 0;
            try (KeyValueIterator<String, StockAdjustment> all = rows.all()) {
                while (all.hasNext()) {
                    KeyValue<String, StockAdjustment> row = all.next();
                    digest = digest(digest, row.key, row.value);
                    count++;
                }
            }
            task.emit(OUT, key, thing(key, SAY, count + " rows, digest " + digest), "1", "Said");
        }

        @Override
        public void onTimer(Timer timer) {
            // Nobody waits for so long.
        }
    }
}
