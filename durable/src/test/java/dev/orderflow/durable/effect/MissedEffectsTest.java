package dev.orderflow.durable.effect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.effect.EffectOutcome.Succeeded;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/** Given more effects than there is room for in memory, what becomes of those that are in the store only. */
class MissedEffectsTest extends EffectsTest {

    private static final Room THREE = new Room(3);

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

        assertThat(tried)
                .extracting(Effect::key)
                .containsAll(IntStream.range(0, 20).mapToObj(i -> "effect-" + i).toList());
        runAll();
        assertThat(store.size()).as("what was before the last look, too").isZero();
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
    void shouldTryAgainWhatHasFailed() {
        Set<String> failed = new HashSet<>();
        call = effect -> {
            if (failed.add(effect.key())) {
                throw new IllegalStateException("down");
            }
            return "done";
        };
        effects = effects(EffectBrake.atOnce(2), THREE);
        startMany(10);
        for (int second = 0; second < 20; second++) {
            advance(Duration.ofSeconds(1));
        }

        assertThat(outcomes).filteredOn(new Succeeded("done")::equals).hasSize(10);
        assertThat(store.size()).isZero();
    }

    @Test
    void shouldTryAtOnceWhatSomebodyWantsTried() {
        call = effect -> {
            throw new RetriableException("down", null, Duration.ofSeconds(30));
        };
        effects = effects(EffectBrake.atOnce(1), THREE);
        startMany(3);
        runAll();
        startMany(9);
        runAll();
        tried.clear();

        effects.retryNow("effect-1");

        assertThat(attempts).hasSize(1);
        attempts.remove().run();
        assertThat(tried).extracting(Effect::key).containsExactly("effect-1");
    }

    @Test
    void shouldHaveSomethingToDoAtOnceWhileSomeAreMissed() {
        effects = effects(EffectBrake.atOnce(1), THREE);
        startMany(20);
        attempts.remove().run();
        drain();
        IntStream.range(0, 5).forEach(i -> effects.cancel("effect-" + i));

        assertThat(effects.nextDue()).isLessThanOrEqualTo(now.plusMillis(50).toEpochMilli());
    }

    @Test
    void shouldNotLookThroughTheStoreForEachOfThem() {
        effects = effects(EffectBrake.atOnce(1), new Room(30));
        startMany(300);

        runAll();

        assertThat(outcomes).hasSize(300);
        assertThat(store.ranges()).as("a look is for a tenth of the room").isLessThanOrEqualTo(2 * 300 / 3);
    }

    @Test
    void shouldBeginNoneOfThemBeforeACommitHasShownThatItMay() {
        effects = effects(EffectBrake.atOnce(1), THREE);
        startMany(20);
        attempts.remove().run();
        effects.distrustUntilCommitted();
        drain();
        assertThat(attempts).isEmpty();
        assertThat(effects.nextDue()).isEqualTo(Long.MAX_VALUE);

        commit();
        runAll();

        assertThat(outcomes).hasSize(20);
    }

    @Test
    void shouldFindAllOfThemInAStoreOnDisk() {
        try (StoreOnDisk disk = new StoreOnDisk()) {
            KeyValueStore<String, byte[]> onDisk = disk.store();
            effects = effects(EffectBrake.atOnce(1), THREE, onDisk);
            startMany(20);
            attempts.clear();
            effects = effects(EffectBrake.atOnce(1), THREE, onDisk);

            effects.resume();
            while (tried.size() < 40 && !attempts.isEmpty()) {
                attempts.remove().run();
                effects.start("again-" + tried.size(), "again", "", TWICE_A_SECOND);
                drain();
            }
            runAll();

            assertThat(tried)
                    .extracting(Effect::key)
                    .doesNotHaveDuplicates()
                    .hasSize(60)
                    .containsAll(
                            IntStream.range(0, 20).mapToObj(i -> "effect-" + i).toList());
            assertThat(disk.isEmpty()).isTrue();
        }
    }

    private void startMany(int many) {
        for (int i = 0; i < many; i++) {
            effects.start("effect-" + i, "key-" + i, "", TWICE_A_SECOND);
        }
    }
}
