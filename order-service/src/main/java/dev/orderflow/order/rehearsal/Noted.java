package dev.orderflow.order.rehearsal;

import dev.orderflow.order.saga.Evidence;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a recorded timeline, as far as it says in which order the saga handled what.
 *
 * @param sequence of the decision that it came with
 * @param at when the saga decided
 * @param evidence the record behind it; null for a timer and for what the saga concludes
 */
public record Noted(long sequence, Instant at, @Nullable Evidence evidence) {}
