package dev.orderflow.durable.effect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.effect.EffectOutcome.Succeeded;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Given more effects than there is room for in memory, what becomes of those that are in the store only. */
class MissedEffectsTest extends EffectsTest {

    private static final Room THREE = new Room(3);

    private final AtomicReference<Optional<String>> pause = new AtomicReference<>(Optional.empty());

    @Test
    void shouldRunAllOfThemOnce() {
        effects = effects(EffectBrake.atOnce(1), THREE);
        startMany(20);

        runAll();

        assertThat(outcomes).hasSize(20).containsOnly(new Succeeded("done"));
        assertThat(tried).extracting(Effect::key).doesNotHaveDuplicates();
        assertThat(store.size()).isZero();
        assertThat(effects.nextDue()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldTakeUpAllThatARestartFinds() {
        effects = effects(EffectBrake.atOnce(1), THREE);
        startMany(20);
        attempts.clear();
        effects = effects(EffectBrake.atOnce(1), THREE);

        effects.resume();
        runAll();

        assertThat(outcomes).hasSize(20);
    }

    @Test
    void shouldGoRoundSoThatNoKeyWaitsForEver() {
        effects = effects(EffectBrake.atOnce(1), THREE);
        startMany(20);
        while (tried.size() < 60 && !attempts.isEmpty()) {
            attempts.remove().run();
            // Whatever is done comes again under a key before all others.
            effects.start("again-" + tried.size(), "again", "", TWICE_A_SECOND);
            drain();
        }

        assertThat(tried).extracting(Effect::key).contains("effect-19");
    }

    @Test
    void shouldNotRunOneThatWasCancelled() {
        effects = effects(EffectBrake.atOnce(1), THREE);
        startMany(20);
        effects.cancel("effect-17");

        runAll();

        assertThat(tried).extracting(Effect::key).hasSize(19).doesNotContain("effect-17");
    }

    @Test
    void shouldNotBeginOneBeforeItsCommit() {
        effects = effects(EffectBrake.atOnce(1), THREE);
        startMany(4);
        effects.startWhenCommitted("mail", "mail", "", TWICE_A_SECOND);
        startMany(20);

        runAll();
        assertThat(tried).extracting(Effect::key).hasSize(20).doesNotContain("mail");

        commit();
        runAll();
        assertThat(tried).extracting(Effect::key).hasSize(21).endsWith("mail");
    }

    @Test
    void shouldTellOfEachThatWaitsBehindABrake() {
        pause.set(Optional.of("paused by ops"));
        effects = effects(new EffectBrake(10, 0, pause::get), THREE);
        startMany(20);
        for (int second = 0; second < 5; second++) {
            advance(Duration.ofSeconds(1));
            effects.tellHeld((effect, reason) -> told.add(effect.key()));
        }
        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 20).mapToObj(i -> "effect-" + i).toList());

        pause.set(Optional.empty());
        advance(Duration.ofSeconds(1));
        assertThat(outcomes).hasSize(20);
    }

    private void startMany(int many) {
        for (int i = 0; i < many; i++) {
            effects.start("effect-" + i, "key-" + i, "", TWICE_A_SECOND);
        }
    }
}
