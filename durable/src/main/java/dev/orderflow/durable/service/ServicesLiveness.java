package dev.orderflow.durable.service;

import io.micronaut.context.annotation.Requires;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Liveness;
import jakarta.inject.Singleton;
import java.util.List;
import org.reactivestreams.Publisher;

/** Says at {@code /health/liveness} whether a service here must be started anew. */
@Singleton
@Liveness
@Requires(beans = ServiceRoster.class)
final class ServicesLiveness implements HealthIndicator {

    private final ServiceRoster roster;

    ServicesLiveness(ServiceRoster roster) {
        this.roster = roster;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        List<String> dead = roster.services().stream()
                .filter(service -> !service.isAlive())
                .map(OrderflowService::name)
                .toList();
        return Publishers.just(HealthResult.builder("alive", dead.isEmpty() ? HealthStatus.UP : HealthStatus.DOWN)
                .details(dead)
                .build());
    }
}
