package dev.orderflow.order.recording;

import java.time.Instant;
import java.util.Optional;

/**
 * What is to be rehearsed.
 *
 * @param since orders that were placed since then; empty for all that the topics have
 * @param orderId this one alone; empty for all
 */
public record Scope(Optional<Instant> since, Optional<String> orderId) {

    /** Whether it is about this order. */
    boolean has(String order) {
        return orderId.isEmpty() || orderId.get().equals(order);
    }
}
