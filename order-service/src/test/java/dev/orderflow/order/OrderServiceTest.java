package dev.orderflow.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.service.ServiceContext;
import dev.orderflow.durable.settings.Settings;
import dev.orderflow.order.http.Gateway;
import dev.orderflow.order.http.OrderApi;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderServiceTest {

    @TempDir
    Path directory;

    @Test
    void shouldServeItsApiAndNoGatewayUnlessOneIsSet() {
        try (OrderService service = new OrderService(context(Map.of()))) {
            assertThat(service.beans())
                    .hasAtLeastOneElementOfType(OrderApi.class)
                    .doesNotHaveAnyElementsOfTypes(Gateway.class);
            assertThat(service.isReady()).isFalse();
            assertThat(service.isAlive()).isTrue();
            assertThat(service.status()).contains("saga NOT_STARTED", "log Kafka is not reached yet");
        }
        try (OrderService service = new OrderService(context(Map.of("gateway.payment", "http://127.0.0.1:1")))) {
            assertThat(service.beans()).hasAtLeastOneElementOfType(Gateway.class);
        }
    }

    @Test
    void shouldReadEverySettingBeforeItStarts() {
        Map<String, String> all = Map.of(
                "order.address", "http://127.0.0.1:8080",
                "order.currency", "EUR",
                "order.location", "berlin",
                "order.tax-basis-points", "1900",
                "dispatch.duration", "0s",
                "gateway.inventory", "http://127.0.0.1:8081");
        ServiceContext context = context(all);
        try (OrderService service = new OrderService(context)) {
            assertThat(context.settings().unread()).isEmpty();
            assertThat(service.name()).isEqualTo("order");
        }
    }

    @Test
    void shouldNameASettingThatCannotBeUsed() {
        assertThatThrownBy(() -> new OrderService(context(Map.of("order.address", "8080"))))
                .isInstanceOf(TerminalException.class)
                .hasMessageContaining("order.address=8080");
    }

    private ServiceContext context(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        all.put("kafka.bootstrap", "127.0.0.1:1");
        all.put("registry.url", "http://127.0.0.1:1");
        all.put("data.dir", directory.toString());
        return ServiceContext.from(Settings.of(all), new SimpleMeterRegistry());
    }
}
