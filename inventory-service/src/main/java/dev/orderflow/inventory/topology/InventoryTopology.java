package dev.orderflow.inventory.topology;

import dev.orderflow.durable.runtime.TaskDefinition;
import dev.orderflow.events.InventoryCommand;
import dev.orderflow.events.InventoryEvent;
import dev.orderflow.events.OrderAccepted;
import dev.orderflow.events.StockAdjusted;
import dev.orderflow.events.StockAdjustment;
import dev.orderflow.events.StockReservation;
import dev.orderflow.events.StockRow;
import dev.orderflow.events.StockView;
import dev.orderflow.schemas.Topics;

/** What inventory reads, keeps and writes. All of its inputs are keyed by stock location: one location, one writer. */
public final class InventoryTopology {

    /** The name of the service. */
    public static final String SERVICE = "inventory";

    static final String STOCK = "stock";
    static final String RESERVATIONS = "reservations";
    static final String ADJUSTMENTS = "adjustments";

    private InventoryTopology() {}

    public static TaskDefinition<InventoryHandler> definition(InventorySettings settings) {
        return TaskDefinition.named(SERVICE, task -> new InventoryHandler(task, settings))
                .inputOfServices(
                        Topics.ORDER_ACCEPTED.name(),
                        OrderAccepted.class,
                        OrderAccepted::getStockLocation,
                        InventoryHandler::onAccepted)
                .inputOfServices(
                        Topics.INVENTORY_COMMANDS.name(),
                        InventoryCommand.class,
                        InventoryCommand::getStockLocation,
                        InventoryHandler::onCommand)
                .input(
                        Topics.STOCK_ADJUSTMENTS.name(),
                        StockAdjustment.class,
                        StockAdjustment::getStockLocation,
                        InventoryHandler::onAdjustment)
                .output(Topics.INVENTORY_EVENTS.name(), InventoryEvent.class)
                .output(Topics.STOCK_VIEW.name(), StockView.class)
                .store(STOCK, StockRow.class)
                .store(RESERVATIONS, StockReservation.class)
                .store(ADJUSTMENTS, StockAdjusted.class)
                .timers()
                .build();
    }
}
