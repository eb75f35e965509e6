package dev.orderflow.durable.effect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.effect.EffectOutcome.Exhausted;
import dev.orderflow.durable.effect.EffectOutcome.Refused;
import dev.orderflow.durable.effect.EffectOutcome.Succeeded;
import dev.orderflow.durable.effect.EffectOutcome.WillRetry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class StoredEffectsTest {

    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    private static final RetryPolicy TWICE_A_SECOND =
            new RetryPolicy(Duration.ofSeconds(1), 2, Duration.ofMinutes(1), 3, Duration.ofSeconds(10), Duration.ZERO);

    private final StringStore store = new StringStore();
    private final Queue<Runnable> attempts = new ArrayDeque<>();
    private final List<Effect> tried = new ArrayList<>();
    private final List<EffectOutcome> outcomes = new ArrayList<>();
    private EffectCall call = effect -> "done";
    private Instant now = START;
    private final List<Runnable> whenCommitted = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private int wakes;
    private StoredEffects effects = effects(Integer.MAX_VALUE);

    @Test
    void shouldHandOverTheResultAndForgetTheEffect() {
        effects.start("7:charge", "7:charge:1", "{\"total\":5}", TWICE_A_SECOND);
        assertThat(effects.find("7:charge")).isPresent();

        runAll();

        assertThat(tried).singleElement().satisfies(effect -> {
            assertThat(effect.idempotencyKey()).isEqualTo("7:charge:1");
            assertThat(effect.payload()).isEqualTo("{\"total\":5}");
            assertThat(effect.tries()).isZero();
        });
        assertThat(outcomes).containsExactly(new Succeeded("done"));
        assertThat(effects.find("7:charge")).isEmpty();
        assertThat(effects.inFlight()).isZero();
        assertThat(wakes).isEqualTo(1);
    }

    @Test
    void shouldNotBeginOneThatIsUnderWay() {
        effects.start("a", "key", "first", TWICE_A_SECOND);
        effects.start("a", "key", "second", TWICE_A_SECOND);

        runAll();

        assertThat(tried).extracting(Effect::payload).containsExactly("first");
    }

    @Test
    void shouldTryAgainAfterGrowingPausesWithTheSameKeyAndPayload() {
        call = effect -> {
            throw new IllegalStateException("down");
        };
        effects.start("a", "key", "payload", TWICE_A_SECOND);

        runAll();
        assertThat(outcomes).containsExactly(new WillRetry("down", START.plusSeconds(1)));
        advance(Duration.ofMillis(999));
        assertThat(tried).hasSize(1);
        advance(Duration.ofMillis(1));
        assertThat(tried).hasSize(2);
        assertThat(outcomes.getLast()).isEqualTo(new WillRetry("down", START.plusSeconds(3)));
        advance(Duration.ofSeconds(2));

        assertThat(outcomes.getLast()).isEqualTo(new Exhausted("down"));
        assertThat(tried).extracting(Effect::tries).containsExactly(0, 1, 2);
        assertThat(tried).extracting(Effect::idempotencyKey).containsOnly("key");
        assertThat(tried).extracting(Effect::payload).containsOnly("payload");
        assertThat(effects.find("a")).isEmpty();
    }

    @Test
    void shouldWaitAsLongAsTheOtherSideAsksFor() {
        call = effect -> {
            throw new RetriableException("slow down", null, Duration.ofSeconds(20));
        };
        effects.start("a", "key", "", TWICE_A_SECOND);

        runAll();

        assertThat(outcomes).containsExactly(new WillRetry("slow down", START.plusSeconds(20)));
    }

    @Test
    void shouldNotTryAgainWhatWasRefused() {
        call = effect -> {
            throw new TerminalException("card declined");
        };
        effects.start("a", "key", "", TWICE_A_SECOND);

        runAll();
        advance(Duration.ofHours(1));

        assertThat(outcomes).containsExactly(new Refused("card declined"));
        assertThat(tried).hasSize(1);
    }

    @Test
    void shouldTryAgainWhenTheCallBreaksOfWhateverItIs() {
        call = effect -> {
            throw new NoClassDefFoundError("half an installation");
        };
        effects.start("a", "key", "", TWICE_A_SECOND);

        runAll();

        assertThat(outcomes).containsExactly(new WillRetry("half an installation", START.plusSeconds(1)));
    }

    @Test
    void shouldGiveUpAfterItsTimeHoweverFewTriesThatWere() {
        call = effect -> {
            throw new RetriableException("down");
        };
        effects.start(
                "a",
                "key",
                "",
                new RetryPolicy(
                        Duration.ofMinutes(2),
                        1,
                        Duration.ofMinutes(2),
                        0,
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(5)));

        runAll();
        advance(Duration.ofMinutes(2));
        advance(Duration.ofMinutes(2));

        assertThat(outcomes).last().isEqualTo(new Exhausted("down"));
        assertThat(tried).hasSize(3);
    }

    @Test
    void shouldDropWhatComesBackOfACancelledEffect() {
        effects.start("a", "key", "", TWICE_A_SECOND);
        Runnable late = attempts.remove();
        effects.cancel("a");

        late.run();
        drain();

        assertThat(outcomes).isEmpty();
        assertThat(effects.find("a")).isEmpty();
    }

    @Test
    void shouldNotTakeTheLateOutcomeOfACancelledEffectForThatOfItsSuccessor() {
        effects.start("a", "key:1", "old", TWICE_A_SECOND);
        Runnable late = attempts.remove();
        effects.cancel("a");
        effects.start("a", "key:2", "new", TWICE_A_SECOND);

        late.run();
        drain();
        assertThat(outcomes).isEmpty();
        runAll();

        assertThat(outcomes).containsExactly(new Succeeded("done"));
        assertThat(tried).extracting(Effect::payload).containsExactly("old", "new");
    }

    @Test
    void shouldNotTryACancelledEffectAgain() {
        call = effect -> {
            throw new RetriableException("down");
        };
        effects.start("a", "key", "", TWICE_A_SECOND);
        runAll();

        effects.cancel("a");
        advance(Duration.ofHours(1));

        assertThat(tried).hasSize(1);
    }

    @Test
    void shouldEndThePauseWhenAskedTo() {
        call = effect -> {
            throw new RetriableException("down");
        };
        effects.start("a", "key", "", TWICE_A_SECOND);
        runAll();

        effects.retryNow("a");
        effects.retryNow("a");
        effects.retryNow("unknown");
        runAll();

        assertThat(tried).hasSize(2);
        advance(Duration.ofSeconds(1));
        assertThat(tried).as("the pause before was ended for good").hasSize(2);
    }

    @Test
    void shouldTakeUpAfterARestartWhatHadNotEnded() {
        call = effect -> {
            throw new RetriableException("down");
        };
        effects.start("waiting", "key:waiting", "later", TWICE_A_SECOND);
        runAll();
        effects.start("under way", "key:under way", "now", TWICE_A_SECOND);
        Runnable stale = attempts.remove();
        effects.close();
        outcomes.clear();
        tried.clear();

        effects = effects(Integer.MAX_VALUE);
        effects.resume();
        stale.run();
        runAll();
        assertThat(tried).extracting(Effect::payload).containsExactly("now");

        call = effect -> "done";
        advance(Duration.ofSeconds(5));

        assertThat(tried).extracting(Effect::payload).containsExactlyInAnyOrder("now", "now", "later");
        assertThat(tried.stream().filter(effect -> effect.payload().equals("later")))
                .allSatisfy(effect -> assertThat(effect.tries()).isEqualTo(1));
        assertThat(outcomes).filteredOn(Succeeded.class::isInstance).hasSize(2);
        assertThat(store.size()).isZero();
    }

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

    @Test
    void shouldKeepBackUntilTheCommitWhatMustNotPrecedeIt() {
        effects.startWhenCommitted("a", "key", "first", TWICE_A_SECOND);
        effects.startWhenCommitted("a", "key", "second", TWICE_A_SECOND);
        effects.start("b", "key", "at once", TWICE_A_SECOND);
        effects.retryNow("a");
        advance(Duration.ofSeconds(10));
        assertThat(tried).extracting(Effect::payload).containsExactly("at once");
        assertThat(effects.find("a")).isPresent();

        commit();
        runAll();
        assertThat(tried).extracting(Effect::payload).containsExactly("at once", "first");
        assertThat(outcomes).hasSize(2);
    }

    @Test
    void shouldNeverBeginWhatWasCancelledOrLostBeforeTheCommit() {
        effects.startWhenCommitted("cancelled", "key", "", TWICE_A_SECOND);
        effects.cancel("cancelled");
        commit();
        assertThat(attempts).isEmpty();

        effects.startWhenCommitted("lost", "key", "", TWICE_A_SECOND);
        effects.close();
        commit();
        assertThat(attempts).isEmpty();
    }

    @Test
    void shouldBeginNothingUntilACommitHasShownThatItMay() {
        effects.distrustUntilCommitted();
        effects.start("a", "key", "", TWICE_A_SECOND);
        advance(Duration.ofMinutes(1));
        assertThat(tried).isEmpty();

        commit();
        runAll();
        assertThat(tried).hasSize(1);
    }

    @Test
    void shouldRememberTheTraceOfWhatAskedForIt() {
        call = effect -> {
            throw new RetriableException("down");
        };
        effects.start("a", "key", "", TWICE_A_SECOND);
        advance(Duration.ofSeconds(1));
        effects.close();
        effects = effects(Integer.MAX_VALUE);
        effects.resume();
        advance(Duration.ofSeconds(9));

        assertThat(tried).extracting(Effect::trace).containsOnly("trace of " + START);
    }

    private StoredEffects effects(int atOnce) {
        return effects(EffectBrake.atOnce(atOnce), 1);
    }

    private StoredEffects effects(EffectBrake brake, int tasks) {
        return new StoredEffects(
                store,
                effect -> {
                    tried.add(effect);
                    return call.run(effect);
                },
                brake,
                tasks,
                (attempt, timeout) -> attempts.add(attempt),
                new Host());
    }

    /** Time and commits are what the test says. */
    private final class Host implements EffectHost {

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public void wake() {
            wakes++;
        }

        @Override
        public void whenCommitted(Runnable action) {
            whenCommitted.add(action);
        }

        @Override
        public String trace() {
            return "trace of " + now;
        }
    }

    private void commit() {
        List<Runnable> due = List.copyOf(whenCommitted);
        whenCommitted.clear();
        due.forEach(Runnable::run);
    }

    private void advance(Duration time) {
        now = now.plus(time);
        effects.startDue();
        runAll();
    }

    private void runAll() {
        for (Runnable next = attempts.poll(); next != null; next = attempts.poll()) {
            next.run();
            drain();
        }
    }

    private void drain() {
        effects.drain((effect, outcome) -> outcomes.add(outcome));
    }
}
