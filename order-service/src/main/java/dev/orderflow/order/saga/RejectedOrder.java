package dev.orderflow.order.saga;

import java.time.Instant;
import java.util.List;

/**
 * An order that was never accepted, as people see it.
 *
 * @param asked what was asked for, with the shop's defaults
 * @param faults all that is wrong, at least one
 * @param rejectedAt when the saga saw it
 * @param timeline the one entry there is
 */
public record RejectedOrder(
        PlacedOrder asked,
        long sequence,
        String contentHash,
        List<Fault> faults,
        Instant rejectedAt,
        List<TimelineEntry> timeline) {

    public RejectedOrder {
        faults = List.copyOf(faults);
        timeline = List.copyOf(timeline);
    }
}
