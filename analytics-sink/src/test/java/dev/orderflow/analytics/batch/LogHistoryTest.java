package dev.orderflow.analytics.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LogHistoryTest {

    private static final Partition A = new Partition("a", 0);
    private static final Partition B = new Partition("b", 0);
    private static final Set<String> TOPICS = Set.of("a", "b");
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final LogHistory history = new LogHistory();

    @Test
    void shouldNotKnowBeforeItHasSeenAnything() {
        assertThat(history.age(Map.of(), TOPICS, START)).isEmpty();
    }

    @Test
    void shouldBeAsOldAsTheLastMomentWhoseRecordsAreAllStored() {
        history.add(START, Map.of(A, 10L, B, 5L));
        history.add(START.plusSeconds(1), Map.of(A, 12L, B, 5L));
        history.add(START.plusSeconds(2), Map.of(A, 12L, B, 6L));

        assertThat(age(12, 6, 3)).contains(Duration.ofSeconds(1));
        assertThat(age(12, 5, 3)).contains(Duration.ofSeconds(2));
        assertThat(age(11, 6, 3)).contains(Duration.ofSeconds(3));
        assertThat(age(9, 6, 3)).isEmpty();
    }

    @Test
    void shouldLookAtTheTopicsThatMatterAlone() {
        history.add(START, Map.of(A, 10L, B, 5L));
        history.add(START.plusSeconds(1), Map.of(A, 10L, B, 50L));

        assertThat(history.age(Map.of(A, 10L), Set.of("a"), START.plusSeconds(1)))
                .contains(Duration.ZERO);
        assertThat(history.age(Map.of(A, 10L, B, 5L), Set.of("b"), START.plusSeconds(1)))
                .contains(Duration.ofSeconds(1));
    }

    @Test
    void shouldStayFreshWhileNothingIsWritten() {
        for (int i = 0; i < 10_000; i++) {
            history.add(START.plusSeconds(i), Map.of(A, 10L));
        }
        assertThat(history.age(Map.of(A, 10L), TOPICS, START.plusSeconds(10_000)))
                .contains(Duration.ofSeconds(1));
    }

    @Test
    void shouldTakeAPartitionThatWasNeverStoredAsEmpty() {
        history.add(START, Map.of(A, 0L, B, 0L));

        assertThat(history.age(Map.of(), TOPICS, START)).contains(Duration.ZERO);
    }

    @Test
    void shouldRememberALongOutageRoughly() {
        for (int i = 0; i < 20_000; i++) {
            history.add(START.plusSeconds(i), Map.of(A, (long) i));
        }
        Duration age = history.age(Map.of(A, 5_000L), TOPICS, START.plusSeconds(20_000))
                .orElseThrow();

        assertThat(age).isBetween(Duration.ofSeconds(15_000), Duration.ofSeconds(15_100));
    }

    private Optional<Duration> age(long a, long b, int seconds) {
        return history.age(Map.of(A, a, B, b), TOPICS, START.plusSeconds(seconds));
    }
}
