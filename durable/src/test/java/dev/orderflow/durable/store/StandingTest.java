package dev.orderflow.durable.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StandingTest {

    @Test
    void shouldComeBackFromItsBytes() {
        Standing standing = new Standing(41, 1_700_000_000_000L);

        assertThat(Standing.of(standing.bytes())).isEqualTo(standing);
    }

    @Test
    void shouldBeUnknownAndOldWhereATableSaysNothingUsable() {
        assertThat(Standing.of(null)).isEqualTo(new Standing(Standing.UNKNOWN, 0));
        assertThat(Standing.of(new byte[] {1, 2, 3})).isEqualTo(new Standing(Standing.UNKNOWN, 0));
    }
}
