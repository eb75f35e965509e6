package dev.orderflow.durable.runtime;

import dev.orderflow.durable.effect.Effect;
import dev.orderflow.durable.effect.EffectOutcome;
import dev.orderflow.durable.timer.Timer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a service does with the messages of one partition. One thread at a time calls it. */
public interface TaskHandler {

    /** A timer is due. Called only when the definition has timers. */
    default void onTimer(Timer timer) {
        throw new UnsupportedOperationException("This task sets no timers: " + timer);
    }

    /** A try of an effect has ended. Called only when the definition has effects. */
    default void onEffect(Effect effect, EffectOutcome outcome) {
        throw new UnsupportedOperationException("This task has no effects: " + effect.key());
    }

    /**
     * An effect waits behind the brake for a while now: told once for each of its tries, and again after a restart.
     * Called only when the definition has effects.
     *
     * @param reason for people
     */
    default void onHeld(Effect effect, String reason) {}

    /**
     * All that was fetched for this task is handled and about to be committed: the moment to write what one batch leads
     * to only once. Not a promise that nothing was committed before: a batch that takes long is committed in parts, and
     * one that is interrupted is committed without this call, to be finished by another handler.
     *
     * @return when to be called again although nothing may have come by then; null where that is not needed
     */
    default @Nullable Instant onBatchEnd() {
        return null;
    }
}
