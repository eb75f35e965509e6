package dev.orderflow.order.view;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.events.OrderStatus;
import dev.orderflow.events.OrderView;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Views that a test shows itself, with the waiting of the real ones. */
public final class InMemoryOrderViews implements OrderViews {

    private final Map<String, OrderView> orders = new ConcurrentHashMap<>();
    private final Waiters waiters = new Waiters();
    private final Map<String, Place> places = new ConcurrentHashMap<>();
    private volatile List<URI> others = List.of();
    private volatile boolean reading;
    private final AtomicInteger looksUntilMoved = new AtomicInteger(Integer.MAX_VALUE);

    public void show(OrderView view) {
        orders.put(view.getOrderId(), view);
        waiters.seen(view);
    }

    public void keepElsewhere(String orderId, Place place) {
        places.put(orderId, place);
    }

    /** Lets the list fail, as while orders are read. */
    public void setReading() {
        reading = true;
    }

    public void setOthers(URI... instances) {
        others = List.of(instances);
    }

    /** Lets the orders be handed to another instance after so many looks at one, and come back after the next. */
    public void moveAfter(int looks) {
        looksUntilMoved.set(looks);
    }

    public int waiting() {
        return waiters.count();
    }

    @Override
    public CompletionStage<Place> place(String orderId) {
        return CompletableFuture.completedFuture(places.getOrDefault(orderId, new Place.Here()));
    }

    @Override
    public Optional<OrderView> find(String orderId) {
        if (looksUntilMoved.getAndDecrement() == 0) {
            throw new ViewMovedException(0);
        }
        return Optional.ofNullable(orders.get(orderId));
    }

    @Override
    public CompletableFuture<Optional<OrderView>> await(String orderId, Predicate<OrderView> enough, Duration atMost) {
        CompletableFuture<Optional<OrderView>> awaited = waiters.await(orderId, enough, atMost);
        find(orderId).filter(enough).ifPresent(view -> awaited.complete(Optional.of(view)));
        return awaited;
    }

    @Override
    public List<ListedOrder> newest(@Nullable OrderStatus status, @Nullable ListPosition after, int limit) {
        if (reading) {
            throw new RetriableException("still being read");
        }
        return orders.values().stream()
                .filter(view -> status == null || view.getStatus() == status)
                .map(view ->
                        new ListedOrder(new ListPosition(view.getCreatedAt().toEpochMilli(), view.getOrderId()), view))
                .sorted((one, other) -> one.position().compareTo(other.position()))
                .filter(order -> after == null || order.position().compareTo(after) > 0)
                .limit(limit)
                .toList();
    }

    @Override
    public CompletionStage<List<URI>> others() {
        return CompletableFuture.completedFuture(others);
    }

    @Override
    public boolean isHere(String orderId) {
        return !places.containsKey(orderId);
    }
}
