package dev.orderflow.local.analytics;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for something that happens in another thread or process. */
final class Await {

    private static final Duration BETWEEN = Duration.ofMillis(20);

    private Await() {}

    /** Returns when a condition holds; an exception of it counts as "not yet" and is shown when time is over. */
    static void until(String what, Duration patience, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        Exception last = null;
        while (System.nanoTime() - deadline < 0) {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (Exception notYet) {
                last = notYet;
            }
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
        throw new AssertionError("Waited " + patience.toSeconds() + " s in vain for " + what, last);
    }
}
