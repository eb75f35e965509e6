package dev.orderflow.durable.effect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.effect.EffectOutcome.Exhausted;
import dev.orderflow.durable.effect.EffectOutcome.Refused;
import dev.orderflow.durable.effect.EffectOutcome.Succeeded;
import dev.orderflow.durable.effect.EffectOutcome.WillRetry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StoredEffectsTest extends EffectsTest {

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
    void shouldTryAgainWhereATryNeverComesBack() {
        effects.start("a", "key", "payload", TWICE_A_SECOND);
        Runnable stuck = attempts.remove();

        whenLost.removeFirst().run();
        drain();
        assertThat(outcomes).containsExactly(new WillRetry("no answer within 10000 ms", START.plusSeconds(1)));
        assertThat(effects.inFlight()).isZero();
        now = now.plus(Duration.ofSeconds(1));
        effects.startDue();

        stuck.run();
        drain();
        assertThat(outcomes).hasSize(1);
        assertThat(effects.inFlight()).isOne();

        runAll();
        assertThat(outcomes).hasSize(2).last().isEqualTo(new Succeeded("done"));
    }

    @Test
    void shouldTakeOnlyTheFirstEndOfATry() {
        effects.start("a", "key", "payload", TWICE_A_SECOND);

        attempts.remove().run();
        whenLost.removeFirst().run();
        drain();

        assertThat(outcomes).containsExactly(new Succeeded("done"));
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
    void shouldKeepBackUntilTheCommitWhatRestsOnWhatMayBeLost() {
        restsOnUncommitted = true;
        effects.start("a", "key", "first", TWICE_A_SECOND);
        effects.start("a", "key", "second", TWICE_A_SECOND);
        advance(Duration.ofSeconds(10));
        assertThat(tried).isEmpty();

        commit();
        runAll();
        assertThat(tried).extracting(Effect::payload).containsExactly("first");
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
}
