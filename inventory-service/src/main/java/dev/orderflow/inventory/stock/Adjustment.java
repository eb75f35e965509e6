package dev.orderflow.inventory.stock;

import org.jspecify.annotations.Nullable;

/**
 * A restock or a correction of one product at one location, counted once per adjustment id.
 *
 * @param delta pieces that came (positive) or went (negative); never 0
 */
public record Adjustment(String productId, long delta) {

    public Adjustment {
        if (productId.isEmpty()) {
            throw new IllegalArgumentException("An adjustment names no product");
        }
        if (delta == 0) {
            throw new IllegalArgumentException("An adjustment of product " + productId + " by 0 changes nothing");
        }
    }

    /** What becomes of an adjustment. */
    public sealed interface Outcome {

        /** It counts; this is the product's new level. */
        record Applied(StockLevel level) implements Outcome {}

        /** It was applied before. */
        record Repeated() implements Outcome {}

        /** It cannot be applied now, for this reason; it is not remembered, so it may be sent again later. */
        record Refused(String reason) implements Outcome {}
    }

    /**
     * What to do about this adjustment.
     *
     * @param earlier what was applied under the same adjustment id, if anything was
     * @param level the product's level
     */
    public Outcome decide(@Nullable Adjustment earlier, StockLevel level) {
        if (earlier != null) {
            return earlier.equals(this)
                    ? new Outcome.Repeated()
                    : new Outcome.Refused("its id was used for another adjustment (product " + earlier.productId()
                            + " by " + earlier.delta() + "); give it an id of its own");
        }
        // Reserved and sold pieces are spoken for: only what is on hand can be taken away.
        if (delta < -level.onHand()) {
            return new Outcome.Refused(
                    "only " + level.onHand() + " on hand; take away less, or send it again when" + " there is more");
        }
        if (delta > Long.MAX_VALUE - level.adjusted()) {
            return new Outcome.Refused("the sum of all adjustments would no longer fit");
        }
        return new Outcome.Applied(level.adjust(delta));
    }
}
