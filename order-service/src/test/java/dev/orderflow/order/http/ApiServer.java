package dev.orderflow.order.http;

import dev.orderflow.durable.service.ServiceHost;
import dev.orderflow.durable.service.ServiceMain;
import dev.orderflow.order.saga.OrderValidation;
import dev.orderflow.order.saga.PlacedOrder;
import dev.orderflow.order.saga.SagaSettings;
import dev.orderflow.order.view.InMemoryOrderViews;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The API on a port of its own, with views and a log that a test fills and reads. */
final class ApiServer implements AutoCloseable {

    final InMemoryOrderViews views = new InMemoryOrderViews();
    final InMemoryOrderLog log = new InMemoryOrderLog();
    final Web web;
    private final OrderApi api;
    private final ServiceHost host;

    ApiServer(Instant now, Object... beans) {
        api = new OrderApi(views, log, SagaSettings.DEFAULTS, UnaryOperator.identity(), InstantSource.fixed(now));
        List<Object> all = new ArrayList<>(List.of(beans));
        all.add(api);
        host = ServiceHost.start("127.0.0.1", 0, List.of(), ServiceMain.meters(), all.toArray());
        web = new Web(host.address());
    }

    URI address() {
        return host.address();
    }

    /** The content hash that the saga would give an order of two mugs of this user. */
    static String hash(String orderId, String userId) {
        PlacedOrder order = new PlacedOrder(
                orderId,
                userId,
                "pm_card_visa",
                null,
                null,
                null,
                List.of(new PlacedOrder.Item("mug", 2, 1250)),
                Instant.EPOCH);
        return new OrderValidation(SagaSettings.DEFAULTS).contentHash(order);
    }

    @Override
    public void close() {
        web.close();
        host.close();
        api.close();
    }
}
