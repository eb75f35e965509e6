package dev.orderflow.analytics.batch;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far one order has come. Of several about the same order the one with the largest sequence counts.
 *
 * @param sequence grows with every change of the order
 * @param status where the order is, in small letters
 * @param reason why it was cancelled, in small letters; empty where it was not
 * @param currency ISO 4217; empty for an order that was never priced
 * @param totalMinor minor units, tax included
 * @param createdAt when it was taken: decides the hour it counts in, and never changes
 * @param milestones when it came where; null for where it did not come, or not yet
 * @param steps how its steps ended
 * @param source the partition that it was read from
 * @param offset its offset there
 */
public record OrderProgress(
        String orderId,
        long sequence,
        String status,
        String reason,
        String currency,
        long totalMinor,
        Instant createdAt,
        Milestones milestones,
        List<StepTally> steps,
        Partition source,
        long offset)
        implements Fact {

    /** When an order came where. */
    public record Milestones(
            @Nullable Instant reserved,
            @Nullable Instant charged,
            @Nullable Instant confirmed,
            @Nullable Instant completed,
            @Nullable Instant cancelled,
            @Nullable Instant refunded) {}

    public OrderProgress {
        if (orderId.isBlank()) {
            throw new IllegalArgumentException("the order id is blank");
        }
        EventTime.check(createdAt);
        steps = List.copyOf(steps);
    }
}
