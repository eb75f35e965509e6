package dev.orderflow.durable.effect;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Where the tries of effects run. */
@FunctionalInterface
public interface EffectExecutor {

    /**
     * Runs a try elsewhere, and interrupts it when it takes longer than {@code timeout}.
     *
     * @param lost called, on any thread, when the try has not ended a while after that: nobody knows whether it ever will
     */
    void execute(Runnable attempt, Duration timeout, Runnable lost);

    /** Each try on a virtual thread of its own. */
    static EffectExecutor virtualThreads() {
        return VirtualThreads.INSTANCE;
    }

    /** One watchdog for all tries of the process. */
    final class VirtualThreads implements EffectExecutor {

        private static final VirtualThreads INSTANCE = new VirtualThreads(Duration.ofSeconds(5));

        private final ScheduledThreadPoolExecutor watchdog = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("effect-watchdog").factory());

        private final Duration grace;

        /** @param grace how long a try may take to end when it has been interrupted */
        VirtualThreads(Duration grace) {
            this.grace = grace;
            // Otherwise the alarm of each finished try keeps the try in memory until it would have rung.
            watchdog.setRemoveOnCancelPolicy(true);
        }

        @Override
        public void execute(Runnable attempt, Duration timeout, Runnable lost) {
            Alarm alarm = new Alarm(attempt, lost);
            // Before it begins: a try that got stuck while it sets its alarm would have none.
            alarm.set(timeout);
            alarm.running.start();
        }

        /** Rings twice: to interrupt, and to give up. */
        private final class Alarm implements Runnable {

            private final Thread running;
            private final Runnable attempt;
            private final Runnable lost;
            private volatile boolean interrupted;
            private volatile boolean ended;
            private volatile @Nullable Future<?> next;

            private Alarm(Runnable attempt, Runnable lost) {
                this.running = Thread.ofVirtual().name("effect").unstarted(this::attempt);
                this.attempt = attempt;
                this.lost = lost;
            }

            private void attempt() {
                try {
                    attempt.run();
                } finally {
                    end();
                }
            }

            private void set(Duration after) {
                next = watchdog.schedule(this, after.toMillis(), TimeUnit.MILLISECONDS);
            }

            @Override
            public void run() {
                if (ended) {
                    return;
                }
                if (interrupted) {
                    lost.run();
                } else {
                    interrupted = true;
                    running.interrupt();
                    set(grace);
                }
            }

            private void end() {
                ended = true;
                Future<?> pending = next;
                if (pending != null) {
                    pending.cancel(false);
                }
            }
        }
    }
}
