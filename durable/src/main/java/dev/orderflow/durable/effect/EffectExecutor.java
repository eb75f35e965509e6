package dev.orderflow.durable.effect;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
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

        private final ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("effect-watchdog").factory());

        private VirtualThreads() {}

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
