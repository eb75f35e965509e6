package dev.orderflow.durable.effect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WaitingEffectsTest {

    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    private static final int MANY = 2_500;

    private final Map<String, Effect> stored = new HashMap<>();
    private final WaitingEffects waiting = new WaitingEffects(MANY, key -> Optional.ofNullable(stored.get(key)));

    @Test
    void shouldHandOutTheEarliestFirstHoweverManyThereAre() {
        for (int i = MANY; i > 0; i--) {
            add("e" + i, i);
        }

        List<Effect> taken = takeAll();

        assertThat(taken).hasSize(MANY).containsExactlyInAnyOrderElementsOf(stored.values());
        assertThat(taken).extracting(Effect::nextTry).isSorted();
    }

    @Test
    void shouldKnowWhenTheFirstIsDue() {
        assertThat(waiting.firstDue()).isEqualTo(Long.MAX_VALUE);
        add("late", 7);
        add("early", 3);

        assertThat(waiting.firstDue()).isEqualTo(START.plusSeconds(3).toEpochMilli());
        waiting.remove("early");
        assertThat(waiting.firstDue()).isEqualTo(START.plusSeconds(7).toEpochMilli());
    }

    @Test
    void shouldKeepOnlyTheNewTimeOfOneThatIsAddedAgain() {
        add("a", 9);
        add("a", 1);

        assertThat(takeAll()).extracting(Effect::nextTry).containsExactly(START.plusSeconds(1));
    }

    @Test
    void shouldTellOfEachOnceAPartAtATime() {
        for (int i = 0; i < 5; i++) {
            add("e" + i, i);
        }

        assertThat(untold(10, 2)).containsExactly("e0", "e1");
        assertThat(untold(10, 2)).containsExactly("e2", "e3");
        assertThat(untold(3, 2)).isEmpty();
        assertThat(untold(10, 2)).containsExactly("e4");
        assertThat(untold(10, 2)).isEmpty();
    }

    @Test
    void shouldTellOfOneThatComesLateAndHadToGoBefore() {
        add("first", 1);
        add("third", 3);
        assertThat(untold(10, 9)).containsExactly("first", "third");

        add("second", 2);

        assertThat(untold(10, 9)).contains("second");
    }

    @Test
    void shouldTellAgainOfOneThatWaitsForItsNextTry() {
        add("a", 1);
        assertThat(untold(10, 9)).containsExactly("a");
        waiting.takeFirst();

        add("a", 5);

        assertThat(untold(10, 9)).containsExactly("a");
    }

    @Test
    void shouldRefuseOneThatThereIsNoRoomForButNotOneThatIsAddedAgain() {
        for (int i = 0; i < MANY; i++) {
            add("e" + i, i);
        }

        assertThat(waiting.add(effect("more", 0))).isFalse();
        add("e7", MANY);
        assertThat(takeAll())
                .hasSize(MANY)
                .extracting(Effect::key)
                .doesNotContain("more")
                .endsWith("e7");
    }

    private void add(String key, int second) {
        Effect effect = effect(key, second);
        stored.put(key, effect);
        assertThat(waiting.add(effect)).isTrue();
    }

    private static Effect effect(String key, int second) {
        return new Effect(
                key,
                key,
                "",
                0,
                START,
                new RetryPolicy(
                        Duration.ofSeconds(1), 2, Duration.ofMinutes(1), 3, Duration.ofSeconds(1), Duration.ZERO),
                START.plusSeconds(second),
                null);
    }

    private List<String> untold(int second, int limit) {
        return waiting.untold(START.plusSeconds(second), limit).stream()
                .map(Effect::key)
                .toList();
    }

    private List<Effect> takeAll() {
        List<Effect> taken = new ArrayList<>();
        while (!waiting.isEmpty()) {
            taken.add(waiting.takeFirst());
        }
        return taken;
    }
}
