package dev.orderflow.local.chaos;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * How long a stack took to go on after a kill. Times are from the kill to the moment at which a consumer of committed records
 * had the confirmation.
 *
 * @param firstNew of an order that was placed after the kill: it needed every part
 * @param firstAny of any order, but for the first {@link #ALREADY_WRITTEN}: one that had passed the victim may be first
 * @param inFlight of the last of those that were placed and not confirmed at the kill
 */
record Recovery(Duration firstNew, Duration firstAny, Duration inFlight) {

    /** What was committed before the kill may be read a moment after it. */
    static final Duration ALREADY_WRITTEN = Duration.ofMillis(50);

    /**
     * An order of the load; all times by {@link System#nanoTime}.
     *
     * @param confirmedAt when it was read to be confirmed, or null
     */
    record Order(long placedAt, @Nullable Long confirmedAt) {

        private boolean isInFlightAt(long time) {
            return placedAt < time && (confirmedAt == null || confirmedAt >= time);
        }

        private boolean isConfirmed() {
            return confirmedAt != null;
        }

        private long confirmed() {
            return confirmedAt == null ? Long.MAX_VALUE : confirmedAt;
        }
    }

    /** What came of a kill; nothing while an order in flight at it, or every order placed after it, is still unconfirmed. */
    static Optional<Recovery> of(long killedAt, Collection<Order> orders) {
        long firstNew = orders.stream()
                .filter(order -> order.placedAt() >= killedAt)
                .mapToLong(Order::confirmed)
                .min()
                .orElse(Long.MAX_VALUE);
        boolean waits = orders.stream().anyMatch(order -> order.isInFlightAt(killedAt) && !order.isConfirmed());
        if (firstNew == Long.MAX_VALUE || waits) {
            return Optional.empty();
        }
        long inFlight = orders.stream()
                .filter(order -> order.isInFlightAt(killedAt))
                .mapToLong(Order::confirmed)
                .max()
                .orElse(killedAt);
        long firstAny = LongStream.concat(
                        LongStream.of(firstNew), orders.stream().mapToLong(Order::confirmed))
                .filter(time -> time >= killedAt + ALREADY_WRITTEN.toNanos())
                .min()
                .orElse(firstNew);
        return Optional.of(
                new Recovery(since(killedAt, firstNew), since(killedAt, firstAny), since(killedAt, inFlight)));
    }

    private static Duration since(long killedAt, long time) {
        return Duration.ofNanos(time - killedAt);
    }
}
