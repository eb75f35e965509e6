package dev.orderflow.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What counts as having gone on; the kill is at 1,000 ms. */
class RecoveryTest {

    private static final long KILLED = millis(1_000);

    private static long millis(int millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    private static Recovery.Order order(int placed, @Nullable Integer confirmed) {
        return new Recovery.Order(millis(placed), confirmed == null ? null : millis(confirmed));
    }

    @Test
    void shouldTellNewOrdersFromThoseInFlight() {
        assertThat(Recovery.of(
                        KILLED,
                        List.of(
                                order(100, 900),
                                order(800, 1_020),
                                order(900, 1_300),
                                order(950, 2_900),
                                order(1_000, 2_500),
                                order(1_100, 2_400),
                                order(1_200, null))))
                .contains(new Recovery(Duration.ofMillis(1_400), Duration.ofMillis(300), Duration.ofMillis(1_900)));
    }

    @Test
    void shouldNotTakeWhatWasWrittenBeforeForTheFirst() {
        assertThat(Recovery.of(KILLED, List.of(order(800, 1_020), order(1_100, 2_000))))
                .contains(new Recovery(Duration.ofMillis(1_000), Duration.ofMillis(1_000), Duration.ofMillis(20)));
    }

    @Test
    void shouldWaitForANewOrderAndForEveryOneInFlight() {
        assertThat(Recovery.of(KILLED, List.of())).isEmpty();
        assertThat(Recovery.of(KILLED, List.of(order(800, 1_500)))).isEmpty();
        assertThat(Recovery.of(KILLED, List.of(order(800, null), order(1_100, 2_000))))
                .isEmpty();
    }

    @Test
    void shouldReachAGoalOnlyWithEveryTime() {
        List<Recovery> recoveries = IntStream.of(2_499, 1_000, 1_100, 1_050)
                .mapToObj(first ->
                        new Recovery(Duration.ofMillis(first), Duration.ofMillis(60), Duration.ofMillis(first)))
                .toList();

        assertThat(RecoveryTable.median(recoveries, Recovery::firstNew)).isEqualTo(Duration.ofMillis(1_050));
        assertThat(RecoveryTable.row(RecoveryVictim.ORDER, recoveries)).contains("1.05 s", "2.50 s", "0.06 s");
        assertThat(RecoveryTable.isReached(RecoveryVictim.ORDER, recoveries)).isTrue();
        assertThat(RecoveryTable.isReached(
                        RecoveryVictim.PAYMENT,
                        List.of(new Recovery(Duration.ofMillis(2_500), Duration.ZERO, Duration.ZERO))))
                .isFalse();
    }
}
