package dev.orderflow.durable.effect;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The task that effects belong to, as far as they need it. */
public interface EffectHost {

    /** The wall clock of the task. */
    Instant now();

    /** An outcome is there to be drained. Called from any thread. */
    void wake();

    /**
     * Runs this on the stream thread when all that the task has done until now is committed; never, when that is lost or
     * the task has become somebody else's.
     */
    void whenCommitted(Runnable action);

    /** The trace position of what is being handled; null where it belongs to none. */
    @Nullable
    String trace();

    /**
     * Whether what is decided may rest on what another service has written in the transaction that is still open: a crash would
     * take both back, and then no effect may have left.
     */
    boolean restsOnUncommitted();
}
