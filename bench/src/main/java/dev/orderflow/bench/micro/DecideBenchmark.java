package dev.orderflow.bench.micro;

import dev.orderflow.order.saga.Decision;
import dev.orderflow.order.saga.OrderSaga;
import dev.orderflow.order.saga.SagaMessage;
import dev.orderflow.order.saga.SagaSettings;
import dev.orderflow.order.saga.SagaState;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the saga decides on the way of an order from placed to confirmed. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecideBenchmark {

    private final OrderSaga saga = new OrderSaga(SagaSettings.DEFAULTS);
    private final SagaMessage placed = Samples.placed();
    private final SagaMessage reserved = Samples.reserved();
    private final SagaMessage charged = Samples.charged();
    private final SagaState reserving = after(null, placed);
    private final SagaState charging = after(reserving, reserved);

    /** Validates, prices and accepts an order. */
    @Benchmark
    public Decision placed() {
        return saga.decide(null, placed, Samples.NOW);
    }

    /** Goes on to the charge. */
    @Benchmark
    public Decision reserved() {
        return saga.decide(reserving, reserved, Samples.NOW);
    }

    /** Confirms. */
    @Benchmark
    public Decision charged() {
        return saga.decide(charging, charged, Samples.NOW);
    }

    private SagaState after(@Nullable SagaState state, SagaMessage message) {
        if (saga.decide(state, message, Samples.NOW) instanceof Decision.Changed changed) {
            return changed.next();
        }
        throw new IllegalStateException("the order of the benchmark does not go on after " + message);
    }
}
