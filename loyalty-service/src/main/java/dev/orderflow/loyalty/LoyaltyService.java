package dev.orderflow.loyalty;

import dev.orderflow.durable.service.ComposedService;
import dev.orderflow.durable.service.ServiceContext;
import dev.orderflow.loyalty.http.LoyaltyApi;
import dev.orderflow.loyalty.topology.LoyaltySettings;
import dev.orderflow.loyalty.topology.LoyaltyTopology;

/** Loyalty: counts points for completed orders, takes them back on refund, and tells over HTTP what a customer has. */
public final class LoyaltyService extends ComposedService {

    /** A service that has not begun. It connects to Kafka, so it is to be closed in any case. */
    public LoyaltyService(ServiceContext context) {
        super(LoyaltyTopology.SERVICE);
        LoyaltySettings settings = LoyaltySettings.from(context.settings());
        manage(context.application(LoyaltyTopology.definition(settings)));
        LoyaltyApi api = new LoyaltyApi(context.kafka(), context.serdes(), settings.pseudonym());
        manage(api.reader());
        serve(api);
    }
}
