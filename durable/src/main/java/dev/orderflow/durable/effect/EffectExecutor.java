package dev.orderflow.durable.effect;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Where the tries of effects run. */
@FunctionalInterface
public interface EffectExecutor {

    /** Runs a try elsewhere, and interrupts it when it takes longer than {@code timeout}. */
    void execute(Runnable attempt, Duration timeout);

    /** Each try on a virtual thread of its own. */
    static EffectExecutor virtualThreads() {
        return VirtualThreads.INSTANCE;
    }

    /** One watchdog for all tries of the process. */
    final class VirtualThreads implements EffectExecutor {

        private static final VirtualThreads INSTANCE = new VirtualThreads();

        private final ScheduledThreadPoolExecutor watchdog = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("effect-watchdog").factory());

        private VirtualThreads() {
            // Otherwise the alarm of each finished try keeps the try in memory until it would have rung.
            watchdog.setRemoveOnCancelPolicy(true);
        }

        @Override
        public void execute(Runnable attempt, Duration timeout) {
            Thread.ofVirtual().name("effect").start(() -> {
                Thread running = Thread.currentThread();
                Future<?> alarm = watchdog.schedule(running::interrupt, timeout.toMillis(), TimeUnit.MILLISECONDS);
                try {
                    attempt.run();
                } finally {
                    alarm.cancel(false);
                }
            });
        }
    }
}
