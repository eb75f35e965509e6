package dev.orderflow.bench.micro;

import dev.orderflow.order.saga.OrderContent;
import dev.orderflow.order.saga.PlacedOrder;
import dev.orderflow.order.saga.Pricing;
import dev.orderflow.order.saga.Totals;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Money, and the identity of what is ordered. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PriceBenchmark {

    private final PlacedOrder order = Samples.order();
    private int taxBasisPoints = 800;

    /** Sum of the lines, tax and total. */
    @Benchmark
    public Totals price() {
        long subtotal = 0;
        for (PlacedOrder.Item item : order.items()) {
            subtotal = Math.addExact(subtotal, Pricing.lineTotal(item.quantity(), item.price()));
        }
        return Pricing.totals("USD", 2, subtotal, taxBasisPoints);
    }

    /** SHA-256 over the content of the order. */
    @Benchmark
    public String contentHash() {
        return OrderContent.hash(order);
    }
}
