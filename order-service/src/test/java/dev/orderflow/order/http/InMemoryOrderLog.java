package dev.orderflow.order.http;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.OrderRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A log that a test can read, and can make fail or answer late. */
final class InMemoryOrderLog implements OrderLog {

    final List<OrderPlaced> orders = new CopyOnWriteArrayList<>();
    final List<OrderRequest> requests = new CopyOnWriteArrayList<>();
    private volatile boolean down;
    private volatile Consumer<OrderPlaced> saga = _ -> {};

    void setDown(boolean isDown) {
        down = isDown;
    }

    /** What happens to an order once it is written. */
    void then(Consumer<OrderPlaced> next) {
        saga = next;
    }

    @Override
    public CompletionStage<Void> placed(OrderPlaced order, @Nullable String traceparent) {
        if (down) {
            return failed(order.getOrderId());
        }
        orders.add(order);
        saga.accept(order);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> requested(OrderRequest request, @Nullable String traceparent) {
        if (down) {
            return failed(request.getOrderId());
        }
        requests.add(request);
        return CompletableFuture.completedFuture(null);
    }

    private static CompletionStage<Void> failed(String orderId) {
        return CompletableFuture.failedFuture(new RetriableException("Order " + orderId + ": Kafka is down"));
    }
}
