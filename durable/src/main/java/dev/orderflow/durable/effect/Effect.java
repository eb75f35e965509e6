package dev.orderflow.durable.effect;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A side effect that Kafka cannot roll back, as it is kept until its outcome is known.
 *
 * @param key what it is in its task, such as {@code <order>:charge}; one at a time
 * @param idempotencyKey sent to the other side, the same at every try
 * @param payload what to send, character for character the same at every try
 * @param tries how often it has been tried before, with an outcome that was not final
 * @param startedAt when it was first asked for
 * @param policy how it is tried again
 * @param nextTry not before this time
 * @param trace the trace position of what asked for it; null where that belonged to none
 */
public record Effect(
        String key,
        String idempotencyKey,
        String payload,
        int tries,
        Instant startedAt,
        RetryPolicy policy,
        Instant nextTry,
        @Nullable String trace) {

    Effect dueAt(Instant next) {
        return new Effect(key, idempotencyKey, payload, tries, startedAt, policy, next, trace);
    }

    Effect failed(Instant nextTry) {
        return new Effect(key, idempotencyKey, payload, tries + 1, startedAt, policy, nextTry, trace);
    }
}
