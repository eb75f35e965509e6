package dev.orderflow.bench.run;

import dev.orderflow.bench.load.Load;
import dev.orderflow.bench.load.Outcomes;
import dev.orderflow.bench.load.Shape;
import dev.orderflow.bench.machine.Meter;
import dev.orderflow.bench.machine.ProcessTree;
import dev.orderflow.local.client.CommandException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Runs loads against one process tree and measures what they cost. For use by one thread. */
final class Measurement {

    private static final Duration LOOK = Duration.ofMillis(400);
    /** A stack that uses less than this share of one processor has nothing left to do. */
    private static final double QUIET_CORES = 0.12;

    private final ProcessTree processes;
    private final Watcher watcher;
    private int next;

    Measurement(ProcessTree processes, Watcher watcher) {
        this.processes = processes;
        this.watcher = watcher;
    }

    /** Orders sent so far. */
    int sent() {
        return next;
    }

    /** What came of it, and what it cost. */
    record Run(Outcomes outcomes, Meter.Usage usage) {}

    Run run(Load load, Shape shape, Duration time) {
        Meter meter = new Meter(processes);
        CompletableFuture<Outcomes> running = load.start(shape, next, time);
        Outcomes outcomes = await(running, meter);
        next += outcomes.orders();
        return new Run(outcomes, meter.stop());
    }

    /**
     * Waits until the measured processes have nothing left to do.
     *
     * @return the processor time they have used until then, in milliseconds
     */
    long settle(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        long before = total();
        long last = before;
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(LOOK.toNanos());
            long now = total();
            if (now - last < QUIET_CORES * LOOK.toMillis()) {
                return now - before;
            }
            last = now;
        }
        return total() - before;
    }

    private long total() {
        Map<String, Long> used = processes.cpuMillis();
        return used.values().stream().mapToLong(Long::longValue).sum();
    }

    private Outcomes await(CompletableFuture<Outcomes> running, Meter meter) {
        while (true) {
            try {
                return running.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException notYet) {
                meter.sampleMemory();
                watcher.tick();
            } catch (ExecutionException failure) {
                throw new CommandException("The load has failed: " + failure.getCause());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new CommandException("Interrupted");
            }
        }
    }
}
