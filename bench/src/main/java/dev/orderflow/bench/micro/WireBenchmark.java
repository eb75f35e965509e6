package dev.orderflow.bench.micro;

import dev.orderflow.bench.load.OrderMix;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.OrderView;
import dev.orderflow.schemas.Topics;
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

/** Avro in Confluent's wire format, there and back: the smallest record of an order and the largest. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class WireBenchmark {

    private static final String PLACED = Topics.ORDER_PLACED.name();
    private static final String VIEW = Topics.ORDER_VIEW.name();

    private final AvroSerdes serdes = AvroSerdes.with(new InMemoryRegistry());
    private final OrderPlaced placed = new OrderMix("web", 1).record(1, Samples.NOW);
    private final OrderView view = Samples.view();
    private final byte[] placedBytes = serdes.serialize(PLACED, placed);
    private final byte[] viewBytes = serdes.serialize(VIEW, view);

    /** An order as it comes in. */
    @Benchmark
    public byte[] encodePlaced() {
        return serdes.serialize(PLACED, placed);
    }

    /** An order as it comes in. */
    @Benchmark
    public OrderPlaced decodePlaced() {
        return serdes.deserialize(PLACED, placedBytes, OrderPlaced.class);
    }

    /** An order as people see it. */
    @Benchmark
    public byte[] encodeView() {
        return serdes.serialize(VIEW, view);
    }

    /** An order as people see it. */
    @Benchmark
    public OrderView decodeView() {
        return serdes.deserialize(VIEW, viewBytes, OrderView.class);
    }
}
