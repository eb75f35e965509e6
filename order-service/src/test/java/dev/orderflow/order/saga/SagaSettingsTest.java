package dev.orderflow.order.saga;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SagaSettingsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void shouldNameThePropertyThatIsOutOfRange() {
        assertThatThrownBy(() ->
                        new SagaSettings(Duration.ZERO, SECOND, SECOND, SECOND, SECOND, SECOND, 800, "USD", "main"))
                .hasMessageContaining("reserve.deadline");
        assertThatThrownBy(
                        () -> new SagaSettings(SECOND, SECOND, SECOND, SECOND, SECOND, SECOND, 10_001, "USD", "main"))
                .hasMessageContaining("order.tax-basis-points cannot be 10001");
        assertThatThrownBy(() -> new SagaSettings(SECOND, SECOND, SECOND, SECOND, SECOND, SECOND, 800, "XXX", "main"))
                .hasMessageContaining("order.currency");
        assertThatThrownBy(() -> new SagaSettings(SECOND, SECOND, SECOND, SECOND, SECOND, SECOND, 800, "USD", "a b"))
                .hasMessageContaining("order.location");
    }
}
