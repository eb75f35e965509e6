package dev.orderflow.durable.effect;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.TerminalException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The effects of one task. Intents are in a store; tries run on the executor; outcomes come back through a queue that the
 * stream thread drains. A try may leave before its intent is committed, unless that was ruled out: a crash then reads the
 * same record again, which asks for the same effect with the same key and payload.
 */
public final class StoredEffects implements Effects {

    private static final Logger LOG = LoggerFactory.getLogger(StoredEffects.class);

    /** Whoever waits longer than this for its turn is told of; deadlines of orders are much longer. */
    private static final Duration HELD_AFTER = Duration.ofSeconds(1);

    /** Below the time for which room of a rate is kept. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private static final Duration TELL_EVERY = Duration.ofMillis(250);
    private static final int TOLD_AT_A_TIME = 500;

    private final KeyValueStore<String, byte[]> store;
    private final EffectCall call;
    private final Throttle throttle;
    private final EffectExecutor executor;
    private final EffectHost host;
    private final Map<String, Running> running = new HashMap<>();
    private final WaitingEffects waiting;
    private final MissedEffects missed;
    /** Begun, but not to leave before the commit. */
    private final Map<String, Effect> uncommitted = new LinkedHashMap<>();

    private final Queue<Finished> finished = new ConcurrentLinkedQueue<>();
    private long runs;
    private boolean distrusted;
    private @Nullable String holding;
    private Instant nextTell = Instant.MIN;
    private volatile boolean closed;

    /** An effect under way: the number of the try tells an outcome of it from that of an older one. */
    private record Running(Effect effect, long run) {}

    /** What a try ended with: a result, or what it threw. */
    private record Finished(
            String key,
            long run,
            @Nullable Object result,
            @Nullable Throwable failure) {}

    /**
     * @param store a persistent store for nothing else
     * @param brake what all tasks together may ask of the other side; further effects wait for their turn
     * @param tasks how many tasks share it, 1 or more
     * @param host the task that they belong to
     * @param room how many may wait in memory, 1 or more; of the others, which are in the store only, nobody is told, and they
     *     go in the order of their keys
     */
    public StoredEffects(
            KeyValueStore<String, byte[]> store,
            EffectCall call,
            EffectBrake brake,
            int tasks,
            EffectExecutor executor,
            EffectHost host,
            int room) {
        this.store = store;
        this.call = call;
        this.throttle = brake.shareOf(tasks);
        this.executor = executor;
        this.host = host;
        this.waiting = new WaitingEffects(room, this::find);
        this.missed = new MissedEffects(store);
    }

    /** Takes up the effects that are in the store: called once, when the task has been restored. */
    public void resume() {
        missed.add();
        startDue();
    }

    /** While some are missed, whatever comes is too: those that came before would never have their turn. */
    private void await(Effect effect) {
        if (!missed.any() || waiting.has(effect.key())) {
            keep(effect);
        }
    }

    private void keep(Effect effect) {
        if (!waiting.add(effect)) {
            missed.add();
        }
    }

    private void takeUpMissed(Instant now) {
        if (missed.any() && waiting.hasMuchRoom() && waiting.firstDue() > now.toEpochMilli()) {
            missed.offer(this::isHere, waiting::add);
        }
    }

    private boolean isHere(String key) {
        return running.containsKey(key) || uncommitted.containsKey(key) || waiting.has(key);
    }

    @Override
    public void start(String key, String idempotencyKey, String payload, RetryPolicy policy) {
        if (host.restsOnUncommitted()) {
            startWhenCommitted(key, idempotencyKey, payload, policy);
        } else if (!isUnderWay(key)) {
            await(begin(key, idempotencyKey, payload, policy));
            startDue();
        }
    }

    @Override
    public void startWhenCommitted(String key, String idempotencyKey, String payload, RetryPolicy policy) {
        if (isUnderWay(key)) {
            return;
        }
        if (uncommitted.isEmpty()) {
            host.whenCommitted(this::releaseCommitted);
        }
        uncommitted.put(key, begin(key, idempotencyKey, payload, policy));
    }

    private boolean isUnderWay(String key) {
        return running.containsKey(key) || store.get(key) != null;
    }

    private Effect begin(String key, String idempotencyKey, String payload, RetryPolicy policy) {
        Instant now = host.now();
        Effect effect = new Effect(key, idempotencyKey, payload, 0, now, policy, now, host.trace());
        store.put(key, EffectBytes.write(effect));
        return effect;
    }

    private void releaseCommitted() {
        uncommitted.values().forEach(this::await);
        uncommitted.clear();
        startDue();
    }

    /** Begins no try before the next commit has shown that the task is still ours. */
    public void distrustUntilCommitted() {
        if (!distrusted) {
            distrusted = true;
            host.whenCommitted(() -> {
                distrusted = false;
                startDue();
            });
        }
    }

    @Override
    public void cancel(String key) {
        store.delete(key);
        running.remove(key);
        uncommitted.remove(key);
        waiting.remove(key);
    }

    @Override
    public Optional<Effect> find(String key) {
        return Optional.ofNullable(store.get(key)).map(bytes -> EffectBytes.read(key, bytes));
    }

    @Override
    public void retryNow(String key) {
        if (running.containsKey(key) || uncommitted.containsKey(key)) {
            return;
        }
        find(key).ifPresent(effect -> {
            Effect due = effect.dueAt(host.now());
            store.put(key, EffectBytes.write(due));
            keep(due);
            startDue();
        });
    }

    /**
     * Effects whose outcome is not final, in the order of their keys.
     *
     * @param store one that such effects are kept in, read from any thread
     * @param limit at most so many, 0 or more
     */
    public static List<Effect> list(ReadOnlyKeyValueStore<String, byte[]> store, int limit) {
        List<Effect> effects = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> stored = store.all()) {
            while (stored.hasNext() && effects.size() < limit) {
                KeyValue<String, byte[]> entry = stored.next();
                effects.add(EffectBytes.read(entry.key, entry.value));
            }
        }
        return effects;
    }

    /** How many tries are on their way. */
    public int inFlight() {
        return running.size();
    }

    /**
     * When {@link #startDue} has something to begin next, in milliseconds since 1970; {@link Long#MAX_VALUE} when there is
     * nothing, or nothing before a commit. What the brake holds is looked at again and again: nobody tells when it lets go.
     */
    public long nextDue() {
        if (distrusted) {
            return Long.MAX_VALUE;
        }
        if (waiting.isEmpty()) {
            return missed.any() ? host.now().toEpochMilli() : Long.MAX_VALUE;
        }
        return holding == null
                ? waiting.firstDue()
                : host.now().plus(LOOK_AGAIN).toEpochMilli();
    }

    /** Begins the tries whose pause is over, as many as may run at once. */
    public void startDue() {
        if (distrusted) {
            return;
        }
        Instant now = host.now();
        takeUpMissed(now);
        while (waiting.firstDue() <= now.toEpochMilli()) {
            holding = throttle.holds(running.size(), now);
            if (holding != null) {
                return;
            }
            throttle.begins();
            run(waiting.takeFirst());
            takeUpMissed(now);
        }
        holding = null;
    }

    /**
     * Tells of effects that the brake has held up for a while, each at least once for each of its tries.
     *
     * @param handler takes an effect, and why it waits
     * @return how many there were
     */
    public int tellHeld(BiConsumer<Effect, String> handler) {
        String reason = holding;
        Instant now = host.now();
        if (reason == null || now.isBefore(nextTell)) {
            return 0;
        }
        nextTell = now.plus(TELL_EVERY);
        List<Effect> held = waiting.untold(now.minus(HELD_AFTER), TOLD_AT_A_TIME);
        held.forEach(effect -> handler.accept(effect, reason));
        return held.size();
    }

    /**
     * Hands over what has come back.
     *
     * @return how many outcomes were handed over
     */
    public int drain(BiConsumer<Effect, EffectOutcome> handler) {
        int handed = 0;
        for (Finished next = finished.poll(); next != null; next = finished.poll()) {
            Running begun = running.get(next.key());
            if (begun == null || begun.run() != next.run()) {
                continue;
            }
            running.remove(next.key());
            handler.accept(begun.effect(), settle(begun.effect(), next));
            handed++;
        }
        if (handed > 0) {
            startDue();
        }
        return handed;
    }

    /** Forgets all that is under way: the task is somebody else's now. */
    public void close() {
        closed = true;
        running.clear();
        waiting.clear();
        missed.clear();
        uncommitted.clear();
        finished.clear();
    }

    private void run(Effect effect) {
        long run = ++runs;
        running.put(effect.key(), new Running(effect, run));
        executor.execute(() -> attempt(effect, run), effect.policy().attemptTimeout(), () -> lose(effect, run));
    }

    /** Counts a try as failed that does not come back; when it does after all, nobody asks for its outcome any more. */
    private void lose(Effect effect, long run) {
        end(new Finished(effect.key(), run, null, new InterruptedException()));
        LOG.warn("A try of effect {} does not end, though it was interrupted: it counts as failed", effect.key());
    }

    private void attempt(Effect effect, long run) {
        if (closed) {
            return;
        }
        Finished ended;
        try {
            ended = new Finished(effect.key(), run, call.run(effect), null);
        } catch (Throwable failure) {
            // Whatever it is: a try that never came back would leave its effect under way for ever.
            ended = new Finished(effect.key(), run, null, failure);
        }
        end(ended);
    }

    private void end(Finished ended) {
        if (!closed) {
            finished.add(ended);
            host.wake();
        }
    }

    private EffectOutcome settle(Effect effect, Finished ended) {
        if (ended.failure() == null && ended.result() != null) {
            store.delete(effect.key());
            return new EffectOutcome.Succeeded(ended.result());
        }
        String reason = reason(effect, ended.failure());
        if (ended.failure() instanceof TerminalException) {
            store.delete(effect.key());
            return new EffectOutcome.Refused(reason);
        }
        int tries = effect.tries() + 1;
        Instant retryAt = host.now().plus(pause(effect, tries, ended.failure()));
        if (!effect.policy().allows(tries, effect.startedAt(), retryAt)) {
            store.delete(effect.key());
            LOG.warn("Effect {} given up after {} tries: {}", effect.key(), tries, reason);
            return new EffectOutcome.Exhausted(reason);
        }
        Effect again = effect.failed(retryAt);
        store.put(effect.key(), EffectBytes.write(again));
        await(again);
        return new EffectOutcome.WillRetry(reason, retryAt);
    }

    private static Duration pause(Effect effect, int tries, @Nullable Throwable failure) {
        Duration byPolicy = effect.policy().delayAfter(tries);
        Duration asked = failure instanceof RetriableException retriable
                ? retriable.retryAfter().orElse(Duration.ZERO)
                : Duration.ZERO;
        return asked.compareTo(byPolicy) > 0 ? asked : byPolicy;
    }

    private static String reason(Effect effect, @Nullable Throwable failure) {
        if (failure == null) {
            return "no result";
        }
        if (failure instanceof InterruptedException) {
            return "no answer within " + effect.policy().attemptTimeout().toMillis() + " ms";
        }
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }
}
