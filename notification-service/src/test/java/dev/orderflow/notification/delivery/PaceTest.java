package dev.orderflow.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
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
    void shouldLoseNoTurnToThoseWhoGiveUp() throws InterruptedException {
        Pace pace = new Pace(2);
        pace.await();
        List<Thread> impatient = IntStream.range(0, 40)
                .mapToObj(_ -> Thread.ofVirtual().unstarted(() -> {
                    try {
                        pace.await();
                    } catch (InterruptedException givenUp) {
                        Thread.currentThread().interrupt();
                    }
                }))
                .toList();
        for (Thread thread : impatient) {
            thread.start();
            thread.interrupt();
        }
        for (Thread thread : impatient) {
            thread.join();
        }
        long begun = System.nanoTime();

        pace.await();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void shouldHoldNobodyUpWithoutALimit() throws InterruptedException {
        Pace pace = new Pace(0);
        for (int i = 0; i < 1_000_000; i++) {
            pace.await();
        }
    }
}
