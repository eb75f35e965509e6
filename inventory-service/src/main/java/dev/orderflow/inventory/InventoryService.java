package dev.orderflow.inventory;

import dev.orderflow.durable.runtime.DurableApplication;
import dev.orderflow.durable.service.OrderflowService;
import dev.orderflow.durable.service.ServiceContext;
import dev.orderflow.inventory.http.StockApi;
import dev.orderflow.inventory.topology.InventorySettings;
import dev.orderflow.inventory.topology.InventoryTopology;
import java.util.List;

/** Inventory: reserves, releases and commits stock by location, and tells over HTTP what there is. */
public final class InventoryService implements OrderflowService {

    private final DurableApplication application;
    private final StockApi api;

    /** A service that has not begun. It connects to Kafka, so it is to be closed in any case. */
    public InventoryService(ServiceContext context) {
        InventorySettings settings = InventorySettings.from(context.settings());
        application = new DurableApplication(
                InventoryTopology.definition(settings), context.kafka(), context.serdes(), context.meters());
        api = new StockApi(context.kafka(), context.serdes(), context.settings().text("order.location", "main"));
    }

    @Override
    public String name() {
        return InventoryTopology.SERVICE;
    }

    @Override
    public List<Object> beans() {
        return List.of(api);
    }

    @Override
    public void start() {
        application.start();
        api.start();
    }

    @Override
    public boolean isReady() {
        return application.isReady() && api.isReady();
    }

    @Override
    public boolean isAlive() {
        return application.isAlive() && api.isAlive();
    }

    @Override
    public String status() {
        return application.state() + (api.isReady() ? "" : ", still reading its view");
    }

    @Override
    public void close() {
        application.close();
        api.close();
    }
}
