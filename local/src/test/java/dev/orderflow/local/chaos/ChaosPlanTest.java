package dev.orderflow.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChaosPlanTest {

    private static final int PAIRS = 14 * ProviderFault.values().length;

    @Test
    void shouldRepeatFaultsAndOrdersBySeed() {
        assertThat(ChaosPlan.of(7, 200)).isEqualTo(ChaosPlan.of(7, 200)).isNotEqualTo(ChaosPlan.of(8, 200));
        assertThat(ChaosPlan.of(7, 200)).startsWith(ChaosPlan.of(7, 3).toArray(ChaosPlan.Round[]::new));
        assertThat(ChaosOrder.of(7, 11)).isEqualTo(ChaosOrder.of(7, 11)).isNotEqualTo(ChaosOrder.of(8, 11));
    }

    @Test
    void shouldBringEveryProcessFaultTogetherWithEveryProviderFault() {
        assertThat(ChaosPlan.of(3, PAIRS).stream()
                        .map(round -> round.process() + " x " + round.provider())
                        .distinct())
                .hasSize(PAIRS);
    }

    @Test
    void shouldScheduleFaultsWhileOrdersArePlaced() {
        assertThat(ChaosPlan.of(3, PAIRS)).allSatisfy(round -> {
            assertThat(round.at()).allSatisfy(at -> assertThat(at).isBetween(0.1, 0.9));
            assertThat(round.providerFrom()).isLessThan(round.providerUntil());
        });
    }

    @Test
    void shouldPlaceOrdersOfEveryKind() {
        var orders = IntStream.range(0, 1_000)
                .mapToObj(number -> ChaosOrder.of(1, number))
                .toList();
        assertThat(orders.stream().map(ChaosOrder::request).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(ChaosOrder.Request.values());
        assertThat(orders).anyMatch(ChaosOrder::twice);
        assertThat(orders).anyMatch(order -> order.json().contains("pm_declined"));
        assertThat(orders.stream().map(ChaosOrder::id).distinct()).hasSize(1_000);
    }
}
