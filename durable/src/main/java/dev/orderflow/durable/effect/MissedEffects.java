package dev.orderflow.durable.effect;

import java.util.function.Predicate;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Effects that there was no room for among those that wait in memory: behind a rate or an outage there may be millions. They
 * are in the store, and are taken up in the order of their keys, a part at a time, going round. For use on the stream thread
 * only.
 */
final class MissedEffects {

    private final KeyValueStore<String, byte[]> store;
    private boolean any;
    /** Where the next look begins; null at the first key. */
    private @Nullable String next;

    MissedEffects(KeyValueStore<String, byte[]> store) {
        this.store = store;
    }

    /** One that is in the store was missed, or there may be some. */
    void add() {
        any = true;
    }

    /** Whether there may be some. */
    boolean any() {
        return any;
    }

    /**
     * Offers what is in the store until there is no room for one.
     *
     * @param elsewhere says by its key that one was not missed
     * @param taken false where there is no room for one
     */
    void offer(Predicate<String> elsewhere, Predicate<Effect> taken) {
        String from = next;
        any = offer(from, null, elsewhere, taken) || (from != null && offer(null, from, elsewhere, taken));
    }

    /** Whether there was no room for one. */
    private boolean offer(
            @Nullable String from, @Nullable String to, Predicate<String> elsewhere, Predicate<Effect> taken) {
        try (KeyValueIterator<String, byte[]> stored = store.range(from, to)) {
            while (stored.hasNext()) {
                KeyValue<String, byte[]> entry = stored.next();
                if (!elsewhere.test(entry.key) && !taken.test(EffectBytes.read(entry.key, entry.value))) {
                    next = entry.key;
                    return true;
                }
            }
        }
        next = null;
        return false;
    }

    void clear() {
        any = false;
    }
}
