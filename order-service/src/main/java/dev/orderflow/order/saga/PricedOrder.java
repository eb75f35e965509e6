package dev.orderflow.order.saga;

import java.time.Instant;
import java.util.List;

/**
 * A valid order with its prices. Never changes once it is accepted.
 *
 * @param orderId the order's id
 * @param contentHash of what was asked for, see {@link OrderContent}
 * @param customer who buys
 * @param stockLocation the location that ships the whole order
 * @param lines what is bought, in the order of the request
 * @param totals what it costs
 * @param placedAt when the shop took the order
 */
public record PricedOrder(
        String orderId,
        String contentHash,
        Customer customer,
        String stockLocation,
        List<PricedLine> lines,
        Totals totals,
        Instant placedAt) {

    public PricedOrder {
        lines = List.copyOf(lines);
    }
}
