package dev.orderflow.bench.run;

import dev.orderflow.bench.floor.FloorMain;
import dev.orderflow.bench.load.KafkaLoad;
import dev.orderflow.bench.load.KafkaRoute;
import dev.orderflow.bench.load.Load;
import dev.orderflow.bench.load.Shape;
import dev.orderflow.bench.machine.ProcessTree;
import dev.orderflow.local.client.CommandException;
import dev.orderflow.local.process.ChildProcess;
import dev.orderflow.local.process.JavaCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The cells of the floor. For use by one thread. */
final class FloorRound implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(2);
    private static final Shape WARM_UP = new Shape.Closed(64);
    private static final int VALUE_BYTES = 500;

    private final String label;
    private final int round;
    private final Pace pace;
    private final Watcher watcher;
    private final ChildProcess process;
    private final Measurement measurement;
    private final Load load;

    private FloorRound(
            Subject.Floor floor, int round, Pace pace, Watcher watcher, ChildProcess process, String bootstrap) {
        this.label = floor.label();
        this.round = round;
        this.pace = pace;
        this.watcher = watcher;
        this.process = process;
        this.measurement = new Measurement(new ProcessTree(process.pid()), watcher);
        byte[] value = new byte[VALUE_BYTES];
        this.load = new KafkaLoad(
                bootstrap,
                new KafkaRoute(FloorMain.first(), List.of(FloorMain.last()), List.of(), n -> "f-" + n, n -> value));
    }

    /**
     * Starts broker and hops in one process of their own, as the stack runs.
     *
     * @param options of its virtual machine
     */
    static FloorRound start(
            Subject.Floor floor, int round, Pace pace, Watcher watcher, List<String> options, Path data, Path log) {
        List<String> arguments = new ArrayList<>(List.of(data.toString()));
        if (floor.durable()) {
            arguments.add(Subject.FLUSH_EVERY_APPEND);
        }
        ChildProcess process = ChildProcess.start(
                "floor", JavaCommand.ofThisProgram(FloorMain.class, options, arguments), data, Map.of(), log);
        try {
            return new FloorRound(floor, round, pace, watcher, process, process.awaitReadyLine(START));
        } catch (InterruptedException interrupted) {
            process.kill();
            Thread.currentThread().interrupt();
            throw new CommandException("Interrupted");
        } catch (RuntimeException failure) {
            process.kill();
            throw failure;
        }
    }

    void warmUp() {
        watcher.now(label + " warms up");
        measurement.run(load, WARM_UP, pace.warmUp());
    }

    void run(Cell.Floor cell) {
        watcher.now(label + " " + cell.name());
        Measurement.Run run = measurement.run(load, cell.shape(), pace.cell());
        watcher.done(
                Results.of(label, round, cell.name(), run.outcomes(), run.usage(), measurement.settle(pace.settle())));
    }

    @Override
    public void close() {
        load.close();
        process.close();
    }
}
