package dev.orderflow.durable.effect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Effects that wait for their time or their turn, the earliest first. Behind a rate there may be many, so those that come to a
 * long queue are not kept whole: there is no more than a key of them, and the store has the rest. There is room for so many
 * only. For use on the stream thread only.
 */
final class WaitingEffects {

    /** One that comes to so many is not kept whole; what is not held up never has to be read again. */
    private static final int WHOLE = 1_000;

    private final int room;
    private final Function<String, Optional<Effect>> stored;
    private final TreeSet<Turn> turns = new TreeSet<>();
    private final Map<String, Turn> byKey = new HashMap<>();
    /** All up to here have been told of. */
    private @Nullable Turn told;

    private record Turn(long nextTry, String key, @Nullable Effect effect) implements Comparable<Turn> {

        @Override
        public int compareTo(Turn other) {
            int byTime = Long.compare(nextTry, other.nextTry);
            return byTime == 0 ? key.compareTo(other.key) : byTime;
        }
    }

    /**
     * @param room for how many there is room, 1 or more
     * @param stored finds any effect that was added
     */
    WaitingEffects(int room, Function<String, Optional<Effect>> stored) {
        this.room = room;
        this.stored = stored;
    }

    /** False, and nothing else, where there is no room for it. */
    boolean add(Effect effect) {
        remove(effect.key());
        if (turns.size() >= room) {
            return false;
        }
        Turn turn = new Turn(effect.nextTry().toEpochMilli(), effect.key(), turns.size() < WHOLE ? effect : null);
        turns.add(turn);
        byKey.put(turn.key(), turn);
        if (told != null && turn.compareTo(told) < 0) {
            told = turns.lower(turn);
        }
        return true;
    }

    void remove(String key) {
        Turn turn = byKey.remove(key);
        if (turn != null) {
            turns.remove(turn);
        }
    }

    boolean has(String key) {
        return byKey.containsKey(key);
    }

    /** Whether it is worth a look for some more: there is room for a tenth of all. */
    boolean hasMuchRoom() {
        return turns.size() <= room - Math.max(1, room / 10);
    }

    boolean isEmpty() {
        return turns.isEmpty();
    }

    /** When the first is to be tried, in milliseconds since 1970; {@link Long#MAX_VALUE} when there is none. */
    long firstDue() {
        return turns.isEmpty() ? Long.MAX_VALUE : turns.first().nextTry();
    }

    /** Takes the first out. There is one. */
    Effect takeFirst() {
        Turn first = turns.removeFirst();
        byKey.remove(first.key());
        return whole(first);
    }

    /**
     * Those that were to be tried by then, each at least once for each of its tries: once, but for those that had to go behind
     * one that comes late.
     *
     * @param limit at most so many; the others next time
     */
    List<Effect> untold(Instant dueBy, int limit) {
        List<Effect> found = new ArrayList<>();
        for (Turn turn : told == null ? turns : turns.tailSet(told, false)) {
            if (turn.nextTry() > dueBy.toEpochMilli() || found.size() == limit) {
                break;
            }
            found.add(whole(turn));
            told = turn;
        }
        return found;
    }

    void clear() {
        turns.clear();
        byKey.clear();
    }

    private Effect whole(Turn turn) {
        Effect effect = turn.effect();
        return effect != null
                ? effect
                : stored.apply(turn.key())
                        .orElseThrow(() -> new IllegalStateException(
                                "Effect " + turn.key() + " waits and is not in its store: delete the state directory"));
    }
}
