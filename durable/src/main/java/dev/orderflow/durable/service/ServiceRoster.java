package dev.orderflow.durable.service;

import java.util.List;

/** The services of this process, for health. */
record ServiceRoster(List<OrderflowService> services) {

    ServiceRoster {
        services = List.copyOf(services);
    }
}
