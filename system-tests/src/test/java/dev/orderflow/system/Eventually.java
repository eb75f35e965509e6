package dev.orderflow.system;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition by asking again, and says what it saw last when it gives up. */
final class Eventually {

    private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

    private Eventually() {}

    static void within(Duration limit, Runnable assertion) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            try {
                assertion.run();
                return;
            } catch (AssertionError | java.io.UncheckedIOException notYet) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("Not within " + limit.toSeconds() + " s: " + notYet.getMessage(), notYet);
                }
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
