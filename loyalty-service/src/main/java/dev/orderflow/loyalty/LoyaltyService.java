package dev.orderflow.loyalty;

import dev.orderflow.durable.runtime.DurableApplication;
import dev.orderflow.durable.service.OrderflowService;
import dev.orderflow.durable.service.ServiceContext;
import dev.orderflow.loyalty.http.LoyaltyApi;
import dev.orderflow.loyalty.topology.LoyaltySettings;
import dev.orderflow.loyalty.topology.LoyaltyTopology;
import java.util.List;

/** Loyalty: counts points for completed orders, takes them back on refund, and tells over HTTP what a customer has. */
public final class LoyaltyService implements OrderflowService {

    private final DurableApplication application;
    private final LoyaltyApi api;

    /** A service that has not begun. It connects to Kafka, so it is to be closed in any case. */
    public LoyaltyService(ServiceContext context) {
        LoyaltySettings settings = LoyaltySettings.from(context.settings());
        application = new DurableApplication(
                LoyaltyTopology.definition(settings), context.kafka(), context.serdes(), context.meters());
        api = new LoyaltyApi(context.kafka(), context.serdes(), settings.pseudonym());
    }

    @Override
    public String name() {
        return LoyaltyTopology.SERVICE;
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
        return application.state() + (api.isReady() ? "" : ", still reading the ledger");
    }

    @Override
    public void close() {
        application.close();
        api.close();
    }
}
