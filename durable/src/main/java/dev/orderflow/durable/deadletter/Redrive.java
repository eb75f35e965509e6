package dev.orderflow.durable.deadletter;

import dev.orderflow.durable.runtime.Origin;
import java.time.Instant;

/** What became of the wish to send a dead letter again. */
public sealed interface Redrive {

    /** Which one. */
    DeadLetterId id();

    /**
     * It is sent.
     *
     * @param to where its service reads it
     */
    record Sent(DeadLetterId id, Instant time, Origin to) implements Redrive {}

    /**
     * It is not.
     *
     * @param why, and what to do
     */
    record Refused(DeadLetterId id, String why) implements Redrive {}
}
