package dev.orderflow.order.view;

import dev.orderflow.events.OrderView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Those who wait for an order to get somewhere. Safe for use by several threads. */
final class Waiters {

    /**
     * When waits end. Its thread wakes for an alarm that is the next one only; that of {@link
     * CompletableFuture#completeOnTimeout} wakes for each that is set.
     */
    private static final ScheduledThreadPoolExecutor ALARMS = alarms();

    private final ConcurrentHashMap<String, List<Waiter>> byOrder = new ConcurrentHashMap<>();

    private record Waiter(Predicate<OrderView> enough, CompletableFuture<Optional<OrderView>> seen) {

        /** Whatever is wrong with it is for whoever waits, and nobody else. */
        void offer(OrderView view) {
            try {
                if (enough.test(view)) {
                    seen.complete(Optional.of(view));
                }
            } catch (RuntimeException failure) {
                seen.completeExceptionally(failure);
            }
        }
    }

    /** Waits for a view that is enough; completes empty when none has come in time. */
    CompletableFuture<Optional<OrderView>> await(String orderId, Predicate<OrderView> enough, Duration atMost) {
        Waiter waiter = new Waiter(enough, new CompletableFuture<>());
        byOrder.compute(orderId, (_, others) -> with(others == null ? List.of() : others, waiter));
        Future<?> alarm =
                ALARMS.schedule(() -> waiter.seen.complete(Optional.empty()), atMost.toNanos(), TimeUnit.NANOSECONDS);
        CompletableFuture<?> _ = waiter.seen.whenComplete((_, _) -> {
            alarm.cancel(false);
            byOrder.computeIfPresent(orderId, (_, all) -> without(all, waiter));
        });
        return waiter.seen;
    }

    /** Whether anybody waits for this order. */
    boolean hasAny(String orderId) {
        return byOrder.containsKey(orderId);
    }

    /** A view was committed: ends the wait of those for whom it is enough. */
    void seen(OrderView view) {
        List<Waiter> waiting = byOrder.get(view.getOrderId());
        if (waiting != null) {
            waiting.forEach(waiter -> waiter.offer(view));
        }
    }

    /** Nobody can be served any more: ends every wait, empty. */
    void releaseAll() {
        byOrder.values().forEach(all -> all.forEach(waiter -> waiter.seen.complete(Optional.empty())));
    }

    private static ScheduledThreadPoolExecutor alarms() {
        ScheduledThreadPoolExecutor alarms = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("order-waiters").factory());
        alarms.setRemoveOnCancelPolicy(true);
        return alarms;
    }

    /** How many alarms are set in this process: one for each wait that has not ended. */
    static int alarmsSet() {
        return ALARMS.getQueue().size();
    }

    /** How many wait. */
    int count() {
        return byOrder.values().stream().mapToInt(List::size).sum();
    }

    private static List<Waiter> with(List<Waiter> others, Waiter added) {
        List<Waiter> all = new ArrayList<>(others);
        all.add(added);
        return List.copyOf(all);
    }

    /** Null, which removes the entry, when nobody is left. */
    @SuppressWarnings("NullAway") // the contract of ConcurrentHashMap#computeIfPresent, which is not annotated
    private static List<Waiter> without(List<Waiter> all, Waiter gone) {
        List<Waiter> rest = all.stream().filter(waiter -> !waiter.equals(gone)).toList();
        return rest.isEmpty() ? null : rest;
    }
}
