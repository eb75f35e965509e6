package dev.orderflow.bench.micro;

import dev.orderflow.durable.timer.StoredTimers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Durable timers on RocksDB, without a changelog: what looking costs, and what an order's deadline costs. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TimerBenchmark {

    private static final String KIND = "deadline";

    /** Timers that are not due. */
    @Param({"100", "100000"})
    public int pending;

    private final KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
                    Stores.persistentKeyValueStore("timers"), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    private final StoredTimers timers = new StoredTimers(store);
    private Path directory = Path.of("");
    private long now;

    /** Opens the store and fills it. */
    @Setup(Level.Trial)
    public void fill() throws IOException {
        directory = Files.createTempDirectory("timers");
        MockProcessorContext<Void, Void> context =
                new MockProcessorContext<>(new Properties(), new TaskId(0, 0), directory.toFile());
        store.init(context.getStateStoreContext(), store);
        for (int i = 0; i < pending; i++) {
            timers.schedule("order-" + i, KIND, Samples.NOW.plusSeconds(3_600 + i));
        }
        now = Samples.NOW.toEpochMilli();
    }

    /** Closes the store and throws it away. */
    @TearDown(Level.Trial)
    public void throwAway() throws IOException {
        store.close();
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> innermostFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : innermostFirst) {
                Files.delete(file);
            }
        }
    }

    /** Asks whether anything is due, when nothing is. */
    @Benchmark
    public boolean nothingDue() {
        return timers.isDue(Samples.NOW);
    }

    /** A timer is set and taken back: the deadline of an order that was confirmed in time. */
    @Benchmark
    public void setAndCancel() {
        Instant due = Instant.ofEpochMilli(++now);
        timers.schedule(Samples.ORDER, KIND, due);
        timers.cancel(Samples.ORDER, KIND, due);
    }

    /** A timer is set, found by the scan and fired: the end of a dispatch. */
    @Benchmark
    public int setAndFire(Blackhole fired) {
        Instant due = Instant.ofEpochMilli(++now);
        timers.schedule(Samples.ORDER, KIND, due);
        return timers.fire(due, fired::consume);
    }
}
