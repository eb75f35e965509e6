package dev.orderflow.local.chaos;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Lets the faults of one round happen. Its clock stands still while a part is stopped or all is being started again, so that
 * the provider misbehaves before, during and after that.
 */
final class RoundFaults {

    private static final long LOOK_NANOS = Duration.ofMillis(50).toNanos();
    private static final Duration BACK_WITHIN = Duration.ofMinutes(1);

    private final ChaosPlan.Round round;
    private final Duration placing;
    private final FaultTarget target;
    private long begun;

    /** @param placing the time in which orders are placed */
    RoundFaults(ChaosPlan.Round round, Duration placing, FaultTarget target) {
        this.round = round;
        this.placing = placing;
        this.target = target;
    }

    /** Returns when all has happened, and the provider behaves again. */
    void run() {
        begun = System.nanoTime();
        boolean misbehaves = round.provider() != ProviderFault.NONE;
        if (misbehaves) {
            await(round.providerFrom());
            target.configureProvider(round.provider().config());
        }
        for (double at : round.at()) {
            await(at);
            long before = System.nanoTime();
            apply(round.process());
            begun += System.nanoTime() - before;
        }
        if (misbehaves) {
            await(round.providerUntil());
            target.configureProvider(ProviderFault.RESET);
        }
    }

    private void apply(ProcessFault fault) {
        switch (fault) {
            case ProcessFault.None _ -> {}
            case ProcessFault.Kill(String part) -> untilThere(() -> target.kill(part));
            case ProcessFault.KillAll _ -> {
                target.killAllAndStart();
                // The provider has forgotten how it was told to behave.
                target.configureProvider(round.provider().config());
            }
            case ProcessFault.Stall(String part, int seconds) ->
                untilThere(() -> {
                    Optional<Runnable> stopped = target.stop(part);
                    stopped.ifPresent(resume -> {
                        pause(Duration.ofSeconds(seconds).toNanos());
                        resume.run();
                    });
                    return stopped.isPresent();
                });
            case ProcessFault.Pause(int seconds) -> {
                target.pauseProvider(true);
                pause(Duration.ofSeconds(seconds).toNanos());
                target.pauseProvider(false);
            }
        }
    }

    /** A part that was killed a moment ago may not be there yet. */
    private static void untilThere(BooleanSupplier fault) {
        long end = System.nanoTime() + BACK_WITHIN.toNanos();
        while (!fault.getAsBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private void await(double share) {
        pause(begun + (long) (share * placing.toNanos()) - System.nanoTime());
    }

    private static void pause(long nanos) {
        long due = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
