package dev.orderflow.loyalty.topology;

import dev.orderflow.durable.settings.Settings;
import dev.orderflow.schemas.Pseudonym;
import dev.orderflow.schemas.Topics;
import java.time.Duration;

/**
 * How loyalty names customers, and how long it remembers an order. Immutable.
 *
 * @param pseudonym what customers are called in keys and entries
 * @param orderWindow how long an order counts only once, from its last change; longer than a record may lie in
 *     {@code order.completed} and {@code order.refunded}. Balances and entries stay for ever.
 */
public record LoyaltySettings(Pseudonym pseudonym, Duration orderWindow) {

    private static final Duration MARGIN = Duration.ofDays(1);

    public LoyaltySettings {
        if (orderWindow.compareTo(Topics.PUBLIC_RETENTION) <= 0) {
            throw new IllegalArgumentException(
                    "orderWindow is " + orderWindow + ", must be longer than " + Topics.PUBLIC_RETENTION);
        }
    }

    /** By settings: {@code pseudonym.key} (required) and {@code dedup.window} (7d; a longer one is kept to). */
    public static LoyaltySettings from(Settings settings) {
        Duration dedup = settings.duration("dedup.window", Topics.INPUT_RETENTION);
        Duration longest = dedup.compareTo(Topics.PUBLIC_RETENTION) > 0 ? dedup : Topics.PUBLIC_RETENTION;
        return new LoyaltySettings(Pseudonym.keyedWith(settings.required("pseudonym.key")), longest.plus(MARGIN));
    }
}
