package dev.orderflow.notification.delivery;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets so many pass in a second, evenly; who comes too early waits, in the order of coming. Who is interrupted meanwhile takes
 * no turn from those behind. Safe for use by several threads.
 */
final class Pace {

    private final long intervalNanos;
    private final ReentrantLock turn = new ReentrantLock(true);
    private long next = System.nanoTime();

    /** @param rate how many a second; 0 for no limit */
    Pace(int rate) {
        this.intervalNanos = rate == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / rate;
    }

    void await() throws InterruptedException {
        if (intervalNanos == 0) {
            return;
        }
        turn.lockInterruptibly();
        try {
            long now = System.nanoTime();
            long early = Math.max(0, next - now);
            TimeUnit.NANOSECONDS.sleep(early);
            next = now + early + intervalNanos;
        } finally {
            turn.unlock();
        }
    }
}
