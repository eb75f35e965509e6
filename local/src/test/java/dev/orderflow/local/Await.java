package dev.orderflow.local;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for something that happens in another thread or process, and says what it saw when it gives up. */
public final class Await {

    private static final Duration BETWEEN = Duration.ofMillis(50);

    private Await() {}

    /** Returns when a condition holds; an exception of it counts as "not yet" and is shown when time is over. */
    public static void until(String what, Duration patience, Callable<Boolean> condition) {
        until(what, patience, condition, () -> "nothing else is known");
    }

    /**
     * Returns when a condition holds; an exception of it counts as "not yet" and is shown when time is over.
     *
     * @param seen how far it has come, for whoever reads why it failed
     */
    public static void until(String what, Duration patience, Callable<Boolean> condition, Supplier<?> seen) {
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
        throw new AssertionError(
                "Waited " + patience.toSeconds() + " s in vain for " + what + "; last seen: " + seen.get(), last);
    }
}
