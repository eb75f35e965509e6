package dev.orderflow.inventory.topology;

import dev.orderflow.durable.runtime.Task;
import dev.orderflow.events.StockAdjusted;
import dev.orderflow.inventory.stock.Adjustment;
import java.time.Instant;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The adjustments that were applied, by location and adjustment id, for as long as an id counts only once. */
final class AdjustmentStore {

    private final Task task;
    private final InventorySettings settings;
    private final KeyValueStore<String, StockAdjusted> rows;

    AdjustmentStore(Task task, InventorySettings settings) {
        this.task = task;
        this.settings = settings;
        this.rows = task.store(InventoryTopology.ADJUSTMENTS, StockAdjusted.class);
    }

    @Nullable
    Adjustment find(String location, String adjustmentId) {
        StockAdjusted row = rows.get(key(location, adjustmentId));
        return row == null || isOver(row, task.now()) ? null : new Adjustment(row.getProductId(), row.getDelta());
    }

    void put(String location, String adjustmentId, Adjustment adjustment) {
        rows.put(
                key(location, adjustmentId), new StockAdjusted(adjustment.productId(), adjustment.delta(), task.now()));
    }

    KeyValueStore<String, StockAdjusted> rows() {
        return rows;
    }

    /** Whether a row may be forgotten at this time. */
    boolean isOver(StockAdjusted row, Instant now) {
        return row.getAppliedAt().plus(settings.adjustmentWindow()).isBefore(now);
    }

    private static String key(String location, String adjustmentId) {
        return location + "/" + adjustmentId;
    }
}
