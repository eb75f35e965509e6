package dev.orderflow.bench.run;

import dev.orderflow.bench.load.HttpLoad;
import dev.orderflow.bench.load.KafkaLoad;
import dev.orderflow.bench.load.KafkaRoute;
import dev.orderflow.bench.load.Load;
import dev.orderflow.bench.load.OrderMix;
import dev.orderflow.bench.load.Shape;
import dev.orderflow.bench.machine.ProcessTree;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.HttpRegistryClient;
import dev.orderflow.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The cells of one stack. For use by one thread. */
final class StackRound implements AutoCloseable {

    private static final Shape WARM_UP = new Shape.Closed(16);
    private static final Shape FILL = new Shape.Closed(1_024);
    private static final Duration FILL_SLICE = Duration.ofSeconds(5);
    private static final Duration SETTLE_FILL = Duration.ofMinutes(2);

    private final String label;
    private final int round;
    private final Pace pace;
    private final Watcher watcher;
    private final Measurement measurement;
    private final Load http;
    private final Load kafka;
    private final Load oneLocation;

    StackRound(String label, int round, Pace pace, Watcher watcher, StackProcess stack) {
        this.label = label;
        this.round = round;
        this.pace = pace;
        this.watcher = watcher;
        this.measurement = new Measurement(new ProcessTree(stack.pid()), watcher);
        String prefix = "b" + round;
        AvroSerdes serdes = AvroSerdes.with(HttpRegistryClient.at(stack.registry()));
        OrderMix orders = new OrderMix(prefix, StackProcess.LOCATIONS);
        this.http = new HttpLoad(stack.address(), orders);
        this.kafka = kafka(stack, serdes, orders);
        this.oneLocation = kafka(stack, serdes, new OrderMix(prefix, 1));
    }

    private static Load kafka(StackProcess stack, AvroSerdes serdes, OrderMix orders) {
        String into = Topics.ORDER_PLACED.name();
        return new KafkaLoad(
                stack.bootstrap(),
                new KafkaRoute(
                        into,
                        List.of(Topics.ORDER_CONFIRMED.name()),
                        List.of(Topics.ORDER_CANCELLED.name()),
                        orders::id,
                        number -> serdes.serialize(into, orders.record(number, Instant.now()))));
    }

    void warmUp() {
        watcher.now(label + " warms up");
        measurement.settle(pace.settle());
        measurement.run(http, WARM_UP, pace.warmUp());
        measurement.settle(pace.settle());
    }

    void run(Cell cell) {
        watcher.now(label + " " + cell.name());
        switch (cell) {
            case Cell.Http(Shape shape) -> measure(cell, http, shape);
            case Cell.KafkaIn(Shape shape, boolean one) -> measure(cell, one ? oneLocation : kafka, shape);
            case Cell.Fill(int orders) -> fill(orders);
            case Cell.Floor _ -> throw new IllegalArgumentException(cell.name() + " is no cell of a stack");
        }
    }

    private void measure(Cell cell, Load load, Shape shape) {
        Measurement.Run run = measurement.run(load, shape, pace.cell());
        long after = measurement.settle(pace.settle());
        watcher.done(Results.of(label, round, cell.name(), run.outcomes(), run.usage(), after));
    }

    private void fill(int orders) {
        while (measurement.sent() < orders) {
            measurement.run(kafka, FILL, FILL_SLICE);
            watcher.now("%s fill:%d (%d)".formatted(label, orders, measurement.sent()));
        }
        measurement.settle(SETTLE_FILL);
    }

    @Override
    public void close() {
        http.close();
        kafka.close();
        oneLocation.close();
    }
}
