package dev.orderflow.durable.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CommitPaceTest {

    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LEAST = 4 * MS;

    private final CommitPace pace = new CommitPace(CommitPace.APART_ALONE, 0);
    private long now;

    @Test
    void shouldLetTheFirstCommitGoAtOnce() {
        assertThat(pace.left(LEAST, now)).isNotPositive();
    }

    @Test
    void shouldKeepQuickCommitsApartByTheLeast() {
        commits(100, 1 * MS);

        assertThat(pace.left(LEAST, now)).isEqualTo(3 * MS);
        assertThat(pace.left(LEAST, now + 3 * MS)).isZero();
    }

    @Test
    void shouldKeepSlowCommitsApartByTwiceTheirTime() {
        commits(100, 10 * MS);

        assertThat(pace.left(LEAST, now)).isBetween(9 * MS, 10 * MS);
        assertThat(pace.left(100 * MS, now)).as("what a relaxed task asks for").isEqualTo(90 * MS);
    }

    @Test
    void shouldSoonForgetThatTheyWereSlow() {
        commits(100, 20 * MS);
        commits(30, 1 * MS);

        assertThat(pace.left(LEAST, now)).isBetween(3 * MS, 4 * MS);
    }

    @Test
    void shouldNotBeHeldUpByOneThatTookVeryLong() {
        commits(100, 1 * MS);
        commits(1, 10_000 * MS);

        assertThat(pace.left(LEAST, now)).isNotPositive();
        pace.asked(now);
        assertThat(pace.left(LEAST, now)).isBetween(7 * MS, 8 * MS);
    }

    @Test
    void shouldNeverKeepThemFurtherApartThanThis() {
        commits(100, 10_000 * MS);
        pace.asked(now);

        assertThat(pace.left(LEAST, now)).isBetween(49 * MS, 50 * MS);
    }

    @Test
    void shouldIgnoreATransactionThatNobodyHasAskedFor() {
        commits(10, 1 * MS);
        now += 15_000 * MS;
        pace.done(now);
        pace.asked(now);

        assertThat(pace.left(LEAST, now)).isEqualTo(LEAST);
    }

    private void commits(int count, long each) {
        for (int i = 0; i < count; i++) {
            pace.asked(now);
            now += each;
            pace.done(now);
        }
    }
}
