package dev.orderflow.durable.service;

import io.micronaut.context.annotation.Requires;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import org.reactivestreams.Publisher;

/** Says at {@code /health/readiness} whether every service here does its job. */
@Singleton
@Readiness
@Requires(beans = ServiceRoster.class)
final class ServicesReadiness implements HealthIndicator {

    private final ServiceRoster roster;

    ServicesReadiness(ServiceRoster roster) {
        this.roster = roster;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        boolean ready = roster.services().stream().allMatch(OrderflowService::isReady);
        Map<String, Object> details = new LinkedHashMap<>();
        roster.services().forEach(service -> details.put(service.name(), service.status()));
        return Publishers.just(HealthResult.builder("services", ready ? HealthStatus.UP : HealthStatus.DOWN)
                .details(details)
                .build());
    }
}
