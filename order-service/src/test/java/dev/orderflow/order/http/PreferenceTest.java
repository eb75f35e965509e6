package dev.orderflow.order.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreferenceTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            wait=10                           | 10
            Wait = 10                         | 10
            wait="10"                         | 10
            respond-async, wait=10            | 10
            wait=10;strict, respond-async     | 10
            return=minimal; a="b", wait=7     | 7
            wait=10, wait=20                  | 10
            wait=61                           | 60
            wait=99999999999999999999         | 60
            """)
    void shouldRead(String header, int seconds) {
        assertThat(Preference.waitOf(List.of(header))).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wait", "wait=", "wait=0", "wait=-1", "wait=soon", "wait=1.5", "respond-async", ",,"})
    void shouldPassOverWhatItDoesNotUnderstand(String header) {
        assertThat(Preference.waitOf(List.of(header))).isEmpty();
    }

    @Test
    void shouldTellAWishForNoMoreThanTheOutcome() {
        assertThat(Preference.isMinimal(List.of("wait=3, return=Minimal"))).isTrue();
        assertThat(Preference.isMinimal(List.of("wait=3", "return=\"minimal\"")))
                .isTrue();
        assertThat(Preference.isMinimal(List.of("return=representation, minimal")))
                .isFalse();
    }

    @Test
    void shouldLookAtEveryHeader() {
        assertThat(Preference.waitOf(List.of("respond-async", "wait=3"))).contains(Duration.ofSeconds(3));
        assertThat(Preference.waitOf(List.of())).isEmpty();
    }
}
