package dev.orderflow.durable.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

    @Property
    void shouldNeverShortenAPauseNorPassTheLongest(
            @ForAll @LongRange(max = 100_000) long first,
            @ForAll @DoubleRange(min = 1, max = 100) double factor,
            @ForAll @LongRange(max = 100_000_000) long longest,
            @ForAll @IntRange(min = 1, max = 10_000) int tries) {
        RetryPolicy policy = policy(first, factor, longest, 0, Duration.ZERO);

        assertThat(policy.delayAfter(tries)).isBetween(Duration.ZERO, Duration.ofMillis(longest));
        assertThat(policy.delayAfter(tries + 1)).isGreaterThanOrEqualTo(policy.delayAfter(tries));
    }

    @Property
    void shouldAllowExactlySoManyTries(@ForAll @IntRange(min = 1, max = 50) int most) {
        RetryPolicy policy = policy(100, 2, 1_000, most, Duration.ZERO);

        assertThat(policy.allows(most - 1, START, START)).isTrue();
        assertThat(policy.allows(most, START, START)).isFalse();
    }

    @Test
    void shouldDoubleFromTheFirstPauseUpToTheLongest() {
        RetryPolicy policy = policy(500, 2, 3_000, 0, Duration.ZERO);

        assertThat(policy.delayAfter(1)).hasMillis(500);
        assertThat(policy.delayAfter(2)).hasMillis(1_000);
        assertThat(policy.delayAfter(3)).hasMillis(2_000);
        assertThat(policy.delayAfter(4)).hasMillis(3_000);
        assertThat(policy.delayAfter(100_000)).hasMillis(3_000);
    }

    @Test
    void shouldGiveUpWhenItsTimeIsOver() {
        RetryPolicy policy = policy(500, 2, 3_000, 0, Duration.ofHours(1));

        assertThat(policy.allows(1_000, START, START.plusSeconds(3_600))).isTrue();
        assertThat(policy.allows(1, START, START.plusSeconds(3_601))).isFalse();
    }

    @Test
    void shouldRefuseWhatNoPolicyCanMean() {
        assertThatIllegalArgumentException().isThrownBy(() -> policy(1, 0.5, 1, 0, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> policy(1, Double.NaN, 1, 0, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> policy(-1, 1, 1, 0, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> policy(1, 1, -1, 0, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> policy(1, 1, 1, -1, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> policy(1, 1, 1, 0, Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryPolicy(SECOND, 1, SECOND, 0, Duration.ofNanos(1), Duration.ZERO));
    }

    private static RetryPolicy policy(long first, double factor, long longest, int tries, Duration giveUpAfter) {
        return new RetryPolicy(
                Duration.ofMillis(first), factor, Duration.ofMillis(longest), tries, SECOND, giveUpAfter);
    }
}
