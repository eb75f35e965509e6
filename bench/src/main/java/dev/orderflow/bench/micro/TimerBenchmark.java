package dev.orderflow.bench.micro;

import dev.orderflow.durable.timer.StoredTimers;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.Bytes;
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
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Durable timers on a store in memory: what looking costs, and what an order's deadline costs. */
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

    private final KeyValueStore<Bytes, byte[]> store =
            Stores.inMemoryKeyValueStore("timers").get();
    private final StoredTimers timers = new StoredTimers(store);
    private long now;

    /** Fills the store. */
    @Setup(Level.Trial)
    public void fill() {
        for (int i = 0; i < pending; i++) {
            timers.schedule("order-" + i, KIND, Samples.NOW.plusSeconds(3_600 + i));
        }
        now = Samples.NOW.toEpochMilli();
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
