package dev.orderflow.durable.service;

import dev.orderflow.durable.TerminalException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.context.ApplicationContext;
import io.micronaut.http.server.exceptions.ServerStartupException;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Serves the HTTP APIs of some services on one port, with their health and metrics. Safe for use by several threads. */
public final class ServiceHost implements AutoCloseable {

    /** The largest body of a request, in bytes; a larger one is answered with 413. */
    public static final int MAX_BODY_BYTES = 1 << 20;

    private final ApplicationContext context;
    private final EmbeddedServer server;
    private final List<OrderflowService> services;

    private ServiceHost(ApplicationContext context, EmbeddedServer server, List<OrderflowService> services) {
        this.context = context;
        this.server = server;
        this.services = services;
    }

    /**
     * Begins to serve. The services themselves are started by whoever made them.
     *
     * @param host the address to listen on, such as {@code 127.0.0.1}
     * @param port 0 for a free one
     * @param beans further objects that controllers ask for
     */
    public static ServiceHost start(
            String host, int port, List<OrderflowService> services, PrometheusMeterRegistry meters, Object... beans) {
        List<Object> singletons = new ArrayList<>(List.of(beans));
        singletons.add(meters);
        singletons.add(new ServiceRoster(services));
        services.forEach(service -> singletons.addAll(service.beans()));
        ApplicationContext context = ApplicationContext.builder()
                .banner(false)
                .deduceEnvironment(false)
                .environmentPropertySource(false)
                .properties(properties(host, port))
                .singletons(singletons.toArray())
                .start();
        try {
            EmbeddedServer server = context.getBean(EmbeddedServer.class);
            server.start();
            return new ServiceHost(context, server, services);
        } catch (ServerStartupException failure) {
            context.close();
            throw new TerminalException(
                    "Port " + port + " of " + host + " cannot be listened on: "
                            + rootOf(failure).getMessage()
                            + ". Choose another one with --set http.port=N, or end the process that has it.",
                    failure);
        } catch (RuntimeException failure) {
            context.close();
            throw failure;
        }
    }

    /** Where it is served. */
    public URI address() {
        return server.getURI();
    }

    /** The port that it listens on. */
    public int port() {
        return server.getPort();
    }

    /** Whether every service does its whole job now. */
    public boolean isReady() {
        return services.stream().allMatch(OrderflowService::isReady);
    }

    /** Stops serving; the services go on until they are closed. */
    @Override
    public void close() {
        server.stop();
        context.close();
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static Map<String, Object> properties(String host, int port) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("micronaut.application.name", "orderflow");
        properties.put("micronaut.server.host", host);
        properties.put("micronaut.server.port", port == 0 ? -1 : port);
        properties.put("micronaut.server.max-request-size", Integer.toString(MAX_BODY_BYTES));
        properties.put("micronaut.server.date-header", false);
        properties.put("micronaut.netty.event-loops.default.num-threads", 2);
        properties.put("netty.default.allocator.max-order", 3);
        properties.put("endpoints.all.enabled", false);
        properties.put("endpoints.health.enabled", true);
        properties.put("endpoints.health.sensitive", false);
        properties.put("endpoints.health.details-visible", "ANONYMOUS");
        properties.put("endpoints.health.disk-space.enabled", false);
        properties.put("micronaut.health.monitor.enabled", false);
        return properties;
    }
}
