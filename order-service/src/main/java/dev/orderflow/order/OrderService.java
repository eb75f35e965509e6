package dev.orderflow.order;

import dev.orderflow.durable.deadletter.DeadLetters;
import dev.orderflow.durable.runtime.DurableApplication;
import dev.orderflow.durable.service.OpenToOtherSites;
import dev.orderflow.durable.service.OrderflowService;
import dev.orderflow.durable.service.ServiceContext;
import dev.orderflow.durable.settings.Settings;
import dev.orderflow.events.OrderView;
import dev.orderflow.order.http.DeadLetterApi;
import dev.orderflow.order.http.Gateway;
import dev.orderflow.order.http.KafkaOrderLog;
import dev.orderflow.order.http.OrderApi;
import dev.orderflow.order.http.Pages;
import dev.orderflow.order.saga.SagaSettings;
import dev.orderflow.order.topology.SagaConfiguration;
import dev.orderflow.order.topology.SagaDefinition;
import dev.orderflow.order.topology.ViewAudience;
import dev.orderflow.order.view.EvidenceLocator;
import dev.orderflow.order.view.KafkaOrderViews;
import dev.orderflow.schemas.Topics;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Orders: takes them over HTTP, carries them through the saga, and tells how they are doing. Where several instances run,
 * {@code order.address} says how the others reach this one.
 */
public final class OrderService implements OrderflowService {

    private static final String ADDRESS = "order.address";

    /** A shop's page may be of another site, and place orders by way of something that allows it to. */
    private static final OpenToOtherSites OPEN = new OpenToOtherSites(Set.of("/orders"));

    private final DurableApplication saga;
    private final KafkaOrderViews views;
    private final KafkaOrderLog log;
    private final EvidenceLocator evidence;
    private final OrderApi api;
    private final DeadLetterApi deadLetters;
    private final Pages pages = new Pages();
    private final Gateway gateway;

    /** A service that has not begun. It connects to Kafka, so it is to be closed in any case. */
    public OrderService(ServiceContext context) {
        Settings settings = context.settings();
        SagaSettings rules = SagaConfiguration.from(settings);
        gateway = Gateway.from(settings);
        views = new KafkaOrderViews(
                context.kafka(),
                context.serdes(),
                Optional.of(settings.text(ADDRESS, ""))
                        .filter(address -> !address.isEmpty())
                        .map(address -> Gateway.parsed(ADDRESS, address)));
        saga = context.application(SagaDefinition.of(rules, audience(views)));
        log = new KafkaOrderLog(context.kafka(), context.serdes(), context.meters());
        evidence = new EvidenceLocator(context.kafka());
        api = new OrderApi(views, log, rules, evidence::located, InstantSource.system());
        deadLetters = new DeadLetterApi(
                new DeadLetters(
                        context.kafka(),
                        Topics.servicesWithDeadLetters(),
                        Topics.servicesWithRedrives(),
                        Topics::retention,
                        InstantSource.system()),
                context.serdes());
    }

    private static ViewAudience audience(KafkaOrderViews views) {
        return new ViewAudience() {
            @Override
            public boolean awaits(OrderView view) {
                return views.awaits(view);
            }

            @Override
            public void committed(OrderView view) {
                views.committed(view);
            }
        };
    }

    @Override
    public String name() {
        return "order";
    }

    @Override
    public List<Object> beans() {
        List<Object> beans = new ArrayList<>(List.of(api, deadLetters, pages, OPEN));
        if (!gateway.targets().isEmpty()) {
            beans.add(gateway);
        }
        return List.copyOf(beans);
    }

    @Override
    public void start() {
        saga.start();
        views.start();
        log.start();
    }

    @Override
    public boolean isReady() {
        return saga.isReady() && views.isReady() && log.isReady();
    }

    @Override
    public boolean isAlive() {
        return saga.isAlive() && views.isAlive();
    }

    @Override
    public String status() {
        return "saga " + saga.status() + ", view " + views.status() + ", log " + log.status();
    }

    @Override
    public void close() {
        log.close();
        saga.close();
        views.close();
        api.close();
        evidence.close();
    }
}
