package dev.orderflow.order.saga;

import java.util.List;

/**
 * Why an order ends, or is about to end, without a sale.
 *
 * @param detail for people, shortened
 * @param shortages every line that stock could not cover; empty unless the reason is that
 */
public record Ending(CancelReason reason, String detail, List<Shortage> shortages) {

    public Ending {
        detail = Shortened.to(Shortened.DETAIL, detail);
        shortages = List.copyOf(shortages);
    }

    static Ending of(CancelReason reason, String detail) {
        return new Ending(reason, detail, List.of());
    }
}
