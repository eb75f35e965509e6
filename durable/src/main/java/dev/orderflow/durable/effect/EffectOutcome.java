package dev.orderflow.durable.effect;

import java.time.Instant;

/** What became of one try of an effect. */
public sealed interface EffectOutcome {

    /** Done; the effect is over. */
    record Succeeded(Object result) implements EffectOutcome {}

    /** Will never be done; the effect is over. */
    record Refused(String reason) implements EffectOutcome {}

    /** Not known to be done; tried again at {@code retryAt} with the same key. */
    record WillRetry(String reason, Instant retryAt) implements EffectOutcome {}

    /** Not known to be done, and the policy allows no more tries; the effect is over. */
    record Exhausted(String reason) implements EffectOutcome {}
}
