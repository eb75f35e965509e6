package dev.orderflow.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PaceTest {

    @Test
    void shouldLetNoMorePassThanItsRate() throws InterruptedException {
        Pace pace = new Pace(200);
        long begun = System.nanoTime();
        for (int i = 0; i < 21; i++) {
            pace.await();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }

    @Test
    void shouldHoldNobodyUpWithoutALimit() throws InterruptedException {
        Pace pace = new Pace(0);
        for (int i = 0; i < 1_000_000; i++) {
            pace.await();
        }
    }
}
