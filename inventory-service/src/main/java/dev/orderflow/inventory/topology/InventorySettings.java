package dev.orderflow.inventory.topology;

import dev.orderflow.durable.settings.Settings;
import dev.orderflow.schemas.Topics;
import java.time.Duration;

/**
 * How long inventory remembers what is over. Immutable.
 *
 * @param closedWindow how long an order that holds nothing any more still refuses a late reservation; longer than a
 *     record may lie in {@code order.accepted}
 * @param committedWindow how long a sold order can still be taken back to stock; covers the time until it is dispatched
 * @param adjustmentWindow how long an adjustment id counts only once; longer than a record may lie in
 *     {@code stock.adjustments}
 */
public record InventorySettings(Duration closedWindow, Duration committedWindow, Duration adjustmentWindow) {

    private static final Duration MARGIN = Duration.ofDays(1);

    public InventorySettings {
        longerThan(Topics.INPUT_RETENTION, closedWindow, "closedWindow");
        longerThan(closedWindow.minusMillis(1), committedWindow, "committedWindow");
        longerThan(Topics.PUBLIC_RETENTION, adjustmentWindow, "adjustmentWindow");
    }

    /**
     * The windows by settings: {@code dedup.window} (7d; a shorter one is stretched to the retention of the topics, since
     * forgetting earlier would let an old message through) and {@code dispatch.duration} (10s).
     */
    public static InventorySettings from(Settings settings) {
        Duration dedup = settings.duration("dedup.window", Topics.INPUT_RETENTION);
        Duration dispatch = settings.duration("dispatch.duration", Duration.ofSeconds(10));
        Duration closed = longer(dedup, Topics.INPUT_RETENTION).plus(MARGIN);
        return new InventorySettings(
                closed,
                closed.plus(dispatch),
                longer(dedup, Topics.PUBLIC_RETENTION).plus(MARGIN));
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static void longerThan(Duration least, Duration window, String name) {
        if (window.compareTo(least) <= 0) {
            throw new IllegalArgumentException(name + " is " + window + ", must be longer than " + least);
        }
    }
}
