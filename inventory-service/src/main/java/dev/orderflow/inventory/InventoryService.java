package dev.orderflow.inventory;

import dev.orderflow.durable.service.ComposedService;
import dev.orderflow.durable.service.ServiceContext;
import dev.orderflow.inventory.http.StockApi;
import dev.orderflow.inventory.topology.InventorySettings;
import dev.orderflow.inventory.topology.InventoryTopology;

/** Inventory: reserves, releases and commits stock by location, and tells over HTTP what there is. */
public final class InventoryService extends ComposedService {

    /** A service that has not begun. It connects to Kafka, so it is to be closed in any case. */
    public InventoryService(ServiceContext context) {
        super(InventoryTopology.SERVICE);
        manage(context.application(InventoryTopology.definition(InventorySettings.from(context.settings()))));
        StockApi api = new StockApi(
                context.kafka(), context.serdes(), context.settings().text("order.location", "main"));
        api.parts().forEach(this::manage);
        serve(api);
    }
}
