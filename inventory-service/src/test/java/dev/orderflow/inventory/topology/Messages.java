package dev.orderflow.inventory.topology;

import dev.orderflow.events.CommitStock;
import dev.orderflow.events.Customer;
import dev.orderflow.events.InventoryCommand;
import dev.orderflow.events.OrderAccepted;
import dev.orderflow.events.PricedLine;
import dev.orderflow.events.ReleaseStock;
import dev.orderflow.events.StockAdjustment;
import dev.orderflow.events.Totals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages of the tests. */
final class Messages {

    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    static final Customer CUSTOMER = new Customer("u-1", "card-1", null);

    private Messages() {}

    /** @param productsAndQuantities {@code "cup", 2, "pot", 1} */
    static OrderAccepted accepted(String orderId, Object... productsAndQuantities) {
        return accepted(orderId, START, productsAndQuantities);
    }

    static OrderAccepted accepted(String orderId, Instant acceptedAt, Object... productsAndQuantities) {
        List<PricedLine> lines = new ArrayList<>();
        for (int i = 0; i < productsAndQuantities.length; i += 2) {
            int quantity = (Integer) productsAndQuantities[i + 1];
            lines.add(new PricedLine((String) productsAndQuantities[i], quantity, 100L, 100L * quantity));
        }
        return new OrderAccepted(
                orderId, CUSTOMER, "main", lines, new Totals("USD", 2, 1_000L, 800, 80L, 1_080L), acceptedAt);
    }

    static InventoryCommand release(String orderId, boolean unlessDone) {
        return release(orderId, START, unlessDone);
    }

    /** @param acceptedAt null as from an older version */
    static InventoryCommand release(String orderId, @Nullable Instant acceptedAt, boolean unlessDone) {
        return new InventoryCommand(orderId, "main", START, new ReleaseStock(unlessDone), acceptedAt);
    }

    static InventoryCommand commit(String orderId) {
        return commit(orderId, START);
    }

    /** @param acceptedAt null as from an older version */
    static InventoryCommand commit(String orderId, @Nullable Instant acceptedAt) {
        return new InventoryCommand(orderId, "main", START, new CommitStock(), acceptedAt);
    }

    static StockAdjustment adjustment(String adjustmentId, String productId, long delta) {
        return new StockAdjustment("main", productId, delta, adjustmentId, START);
    }
}
