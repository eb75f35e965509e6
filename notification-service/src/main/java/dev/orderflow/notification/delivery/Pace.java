package dev.orderflow.notification.delivery;

import java.util.concurrent.TimeUnit;

/** Lets so many pass in a second, evenly; who comes too early waits. Safe for use by several threads. */
final class Pace {

    private final long intervalNanos;
    private long next = System.nanoTime();

    /** @param rate how many a second; 0 for no limit */
    Pace(int rate) {
        this.intervalNanos = rate == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / rate;
    }

    void await() throws InterruptedException {
        if (intervalNanos > 0) {
            TimeUnit.NANOSECONDS.sleep(turn());
        }
    }

    /** How long to wait for the next free turn, which is taken. */
    private synchronized long turn() {
        long now = System.nanoTime();
        long at = next - now > 0 ? next : now;
        next = at + intervalNanos;
        return at - now;
    }
}
