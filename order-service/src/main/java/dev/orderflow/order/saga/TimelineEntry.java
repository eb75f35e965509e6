package dev.orderflow.order.saga;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event of an order.
 *
 * @param sequence of the decision that it came with
 * @param at when the saga saw it
 * @param attempt of a payment, or how often the same thing came in a row; 1 or more
 * @param idempotencyKey what the payment provider got, or the id of the request
 * @param detail for people
 * @param evidence the record behind it; null for a timer and for what the saga concludes
 */
public record TimelineEntry(
        long sequence,
        Step step,
        Instant at,
        int attempt,
        @Nullable String idempotencyKey,
        @Nullable String detail,
        @Nullable Evidence evidence) {}
