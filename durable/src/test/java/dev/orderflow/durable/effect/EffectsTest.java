package dev.orderflow.durable.effect;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.kafka.streams.state.KeyValueStore;

/** Effects of one task whose tries, commits and time go on when the test says so. */
abstract class EffectsTest {

    static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    static final RetryPolicy TWICE_A_SECOND =
            new RetryPolicy(Duration.ofSeconds(1), 2, Duration.ofMinutes(1), 3, Duration.ofSeconds(10), Duration.ZERO);

    final StringStore store = new StringStore();
    final Queue<Runnable> attempts = new ArrayDeque<>();
    final List<Runnable> whenLost = new ArrayList<>();
    final List<Effect> tried = new ArrayList<>();
    final List<EffectOutcome> outcomes = new ArrayList<>();
    EffectCall call = effect -> "done";
    Instant now = START;
    final List<Runnable> whenCommitted = new ArrayList<>();
    final List<String> told = new ArrayList<>();
    int wakes;
    StoredEffects effects = effects(Integer.MAX_VALUE);

    StoredEffects effects(int atOnce) {
        return effects(EffectBrake.atOnce(atOnce), 1);
    }

    StoredEffects effects(EffectBrake brake, int tasks) {
        return new StoredEffects(store, this::attempt, brake, tasks, this::begin, new Host(), Integer.MAX_VALUE);
    }

    /** With room for so many in memory. */
    StoredEffects effects(EffectBrake brake, Room room) {
        return effects(brake, room, store);
    }

    StoredEffects effects(EffectBrake brake, Room room, KeyValueStore<String, byte[]> effectStore) {
        return new StoredEffects(effectStore, this::attempt, brake, 1, this::begin, new Host(), room.effects());
    }

    record Room(int effects) {}

    private void begin(Runnable attempt, Duration timeout, Runnable lost) {
        attempts.add(attempt);
        whenLost.add(lost);
    }

    private Object attempt(Effect effect) throws Exception {
        tried.add(effect);
        return call.run(effect);
    }

    boolean restsOnUncommitted;

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
        public boolean restsOnUncommitted() {
            return restsOnUncommitted;
        }

        @Override
        public String trace() {
            return "trace of " + now;
        }
    }

    void commit() {
        List<Runnable> due = List.copyOf(whenCommitted);
        whenCommitted.clear();
        due.forEach(Runnable::run);
    }

    void advance(Duration time) {
        now = now.plus(time);
        effects.startDue();
        runAll();
    }

    void runAll() {
        for (Runnable next = attempts.poll(); next != null; next = attempts.poll()) {
            next.run();
            drain();
        }
    }

    void drain() {
        effects.drain((effect, outcome) -> outcomes.add(outcome));
    }
}
