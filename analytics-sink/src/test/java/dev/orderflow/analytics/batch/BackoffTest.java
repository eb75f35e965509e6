package dev.orderflow.analytics.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(10));

    @Test
    void shouldDoubleUpToTheCeiling() {
        assertThat(backoff.after(1)).isEqualTo(Duration.ofMillis(250));
        assertThat(backoff.after(2)).isEqualTo(Duration.ofMillis(500));
        assertThat(backoff.after(6)).isEqualTo(Duration.ofSeconds(8));
        assertThat(backoff.after(7)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void shouldNeverOverflow() {
        assertThat(backoff.after(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(10));
    }
}
