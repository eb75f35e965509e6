package dev.orderflow.durable.effect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.effect.EffectOutcome.Succeeded;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Given more effects than the brake lets begin, which of them begin, and what is told of the others. */
class HeldEffectsTest extends EffectsTest {

    @Test
    void shouldRunNoMoreAtOnceThanAllowedAndAllInTheEnd() {
        effects = effects(2);
        startMany(5);

        assertThat(attempts).hasSize(2);
        attempts.remove().run();
        drain();
        assertThat(attempts).hasSize(2);
        runAll();

        assertThat(outcomes).hasSize(5).containsOnly(new Succeeded("done"));
        assertThat(tried).extracting(Effect::key).doesNotHaveDuplicates();
    }

    @Test
    void shouldNotBeginOneThatWasCancelledBeforeItsTurn() {
        effects = effects(1);
        effects.start("first", "1", "", TWICE_A_SECOND);
        effects.start("second", "2", "", TWICE_A_SECOND);
        effects.cancel("second");

        runAll();

        assertThat(tried).extracting(Effect::key).containsExactly("first");
    }

    @Test
    void shouldTakeTheShareOfOneTask() {
        effects = effects(EffectBrake.atOnce(5), 2);
        startMany(5);
        assertThat(attempts).hasSize(2);
    }

    @Test
    void shouldLetEachTaskHaveOneAtLeast() {
        effects = effects(EffectBrake.atOnce(1), 8);
        startMany(2);
        assertThat(attempts).hasSize(1);
    }

    @Test
    void shouldBeginNoMoreInASecondThanAllowed() {
        effects = effects(new EffectBrake(1_000, 40, Optional::empty), 2);
        startMany(100);
        for (int tick = 0; tick < 300; tick++) {
            advance(Duration.ofMillis(10));
        }
        assertThat(tried).hasSizeBetween(58, 63);

        advance(Duration.ofHours(1));
        assertThat(tried).as("a long pause is no credit").hasSizeLessThan(67);
    }

    @Test
    void shouldBeginNothingWhilePausedAndTellOnceWhatWaits() {
        AtomicReference<Optional<String>> pause = new AtomicReference<>(Optional.of("paused by ops"));
        effects = effects(new EffectBrake(10, 0, pause::get), 1);
        startMany(2);
        advance(Duration.ofMillis(999));
        assertThat(effects.tellHeld((effect, reason) -> told.add(effect.key() + " " + reason)))
                .isZero();
        for (int second = 0; second < 5; second++) {
            advance(Duration.ofSeconds(1));
            effects.tellHeld((effect, reason) -> told.add(effect.key() + " " + reason));
        }
        assertThat(tried).isEmpty();
        assertThat(told).containsExactlyInAnyOrder("effect-0 paused by ops", "effect-1 paused by ops");

        pause.set(Optional.empty());
        advance(Duration.ofMillis(1));
        assertThat(outcomes).hasSize(2);
        assertThat(effects.tellHeld((effect, reason) -> told.add(effect.key()))).isZero();
    }

    private void startMany(int many) {
        for (int i = 0; i < many; i++) {
            effects.start("effect-" + i, "key-" + i, "", TWICE_A_SECOND);
        }
    }
}
