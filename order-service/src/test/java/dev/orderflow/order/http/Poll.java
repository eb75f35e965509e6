package dev.orderflow.order.http;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition, and says what it saw when it gives up. */
final class Poll {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Poll() {}

    static void until(String what, BooleanSupplier condition, Supplier<?> seen) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("Not within " + PATIENCE + ": " + what + "; last seen: " + seen.get());
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
