package dev.orderflow.durable.effect;

import java.util.Optional;

/**
 * Side effects of a task. Each is kept in a store until its outcome has been handed to the task, in the transaction that
 * commits what the outcome leads to; a crash in between runs it again with the same key and payload. For use on the
 * stream thread only.
 */
public interface Effects {

    /**
     * Begins an effect; nothing happens when one with this key is under way. Its first try may leave before the decision
     * behind it is committed: if that is lost, whoever decides next may decide otherwise. Where services share their transactions,
     * it leaves after the commit in any case.
     */
    void start(String key, String idempotencyKey, String payload, RetryPolicy policy);

    /**
     * Begins an effect whose first try leaves only when the decision behind it is committed; nothing happens when one
     * with this key is under way.
     */
    void startWhenCommitted(String key, String idempotencyKey, String payload, RetryPolicy policy);

    /** Ends an effect without an outcome. A try that is on its way goes on, and what becomes of it is not reported. */
    void cancel(String key);

    /** The effect with this key, when its outcome is not final yet. */
    Optional<Effect> find(String key);

    /** Ends the pause of an effect that waits to be tried again. */
    void retryNow(String key);
}
