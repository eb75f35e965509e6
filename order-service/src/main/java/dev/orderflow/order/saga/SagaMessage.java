package dev.orderflow.order.saga;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whatever the saga decides about. */
public sealed interface SagaMessage {

    /** A shop asks for something, untrusted. */
    record Placed(PlacedOrder order, Evidence evidence) implements SagaMessage {}

    /**
     * Inventory says something.
     *
     * @param location whose stock it is about
     */
    record OfStock(String location, StockFact fact, Evidence evidence) implements SagaMessage {}

    /**
     * Payment says something.
     *
     * @param attempt 1 for the first charge; a retry after a decline is a new attempt
     * @param idempotencyKey what the provider got
     */
    record OfPayment(int attempt, String idempotencyKey, PaymentFact fact, Evidence evidence) implements SagaMessage {}

    /**
     * A person asks something.
     *
     * @param requestId the same for a double click
     * @param by who asked
     * @param seen the order as it was shown to whoever asked: a closed order is picked up again from it, provided that it
     *     is the newest
     */
    record Asked(
            String requestId,
            @Nullable String by,
            Request request,
            @Nullable OrderState seen,
            Evidence evidence) implements SagaMessage {}

    /**
     * A timer has fired.
     *
     * @param due for when it was set
     */
    record TimerFired(Instant due) implements SagaMessage {}
}
