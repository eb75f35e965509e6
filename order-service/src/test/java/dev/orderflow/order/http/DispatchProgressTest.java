package dev.orderflow.order.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DispatchProgressTest {

    private static final Instant BEGIN = Instant.parse("2026-11-20T10:00:00Z");

    @ParameterizedTest
    @CsvSource({"-1,0", "0,0", "999,0", "1000,1", "5500,5", "9999,9", "10000,10", "99999,10"})
    void shouldGoFromZeroToTen(long millis, int progress) {
        assertThat(DispatchProgress.at(BEGIN.plusMillis(millis), BEGIN, BEGIN.plusSeconds(10)))
                .isEqualTo(progress);
    }

    @Test
    void shouldBeDoneAtOnceWhereDispatchTakesNoTime() {
        assertThat(DispatchProgress.at(BEGIN, BEGIN, BEGIN)).isEqualTo(10);
    }
}
