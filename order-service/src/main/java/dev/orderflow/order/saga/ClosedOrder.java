package dev.orderflow.order.saga;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of an order for the dedup window after it has ended: enough to know it again. What a refund needs beyond
 * this comes with the request for it, see {@link SagaMessage.Asked}.
 *
 * @param status a closed one
 * @param chargeId the last charge that was seen of it; null when there was none
 * @param closedAt when the window began
 * @param acceptedAt tells it from an earlier order of the same id; null where it was never accepted
 */
public record ClosedOrder(
        String orderId,
        long sequence,
        Status status,
        String contentHash,
        @Nullable String chargeId,
        Instant closedAt,
        @Nullable Instant acceptedAt)
        implements SagaState {

    public ClosedOrder {
        if (!status.closed()) {
            throw new IllegalArgumentException("order " + orderId + " is " + status + ", which is not closed");
        }
    }
}
