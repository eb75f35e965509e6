package dev.orderflow.order.http;

import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.OrderRequest;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Where orders and requests are written down. Neither method blocks. What they return completes when the record is on
 * all replicas in sync, or with a {@link dev.orderflow.durable.RetriableException} when it may not be there.
 */
public interface OrderLog {

    /** Writes down an order. */
    CompletionStage<Void> placed(OrderPlaced order, @Nullable String traceparent);

    /** Writes down what somebody asks of an order. */
    CompletionStage<Void> requested(OrderRequest request, @Nullable String traceparent);
}
