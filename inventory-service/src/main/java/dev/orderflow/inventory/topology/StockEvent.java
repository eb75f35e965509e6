package dev.orderflow.inventory.topology;

import dev.orderflow.events.InventoryEvent;
import dev.orderflow.events.Shortage;
import dev.orderflow.events.StockCommitted;
import dev.orderflow.events.StockRejected;
import dev.orderflow.events.StockReleased;
import dev.orderflow.events.StockReserved;
import dev.orderflow.events.StockStands;
import dev.orderflow.inventory.stock.Fact;
import dev.orderflow.inventory.stock.Shortfall;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;

/**
 * A fact as it is written to {@code inventory.events}.
 *
 * @param id the same whenever the same fact is said again: an order gets each kind of fact with one content only
 * @param type the name of the fact's record
 */
record StockEvent(InventoryEvent event, String id, String type) {

    /** @param reserved what payment needs to charge the order; asked for only if the fact is that it is reserved */
    static StockEvent of(String location, String orderId, Fact fact, Instant at, Supplier<StockReserved> reserved) {
        SpecificRecord record =
                switch (fact) {
                    case Fact.Reserved _ -> reserved.get();
                    case Fact.Rejected rejected -> new StockRejected(shortages(rejected.shortfalls()));
                    case Fact.Released released -> new StockReleased(released.wasReserved());
                    case Fact.Stands _ -> new StockStands();
                    case Fact.Committed _ -> new StockCommitted();
                };
        String step =
                switch (fact) {
                    case Fact.Reserved _ -> "stock-reserved";
                    case Fact.Rejected _ -> "stock-rejected";
                    case Fact.Released _ -> "stock-released";
                    case Fact.Stands _ -> "stock-stands";
                    case Fact.Committed _ -> "stock-committed";
                };
        return new StockEvent(
                new InventoryEvent(orderId, location, at, record),
                orderId + "/" + step,
                record.getSchema().getName());
    }

    static List<Shortage> shortages(List<Shortfall> shortfalls) {
        return shortfalls.stream()
                .map(shortfall -> new Shortage(shortfall.productId(), shortfall.requested(), shortfall.available()))
                .toList();
    }
}
