package dev.orderflow.durable.timer;

import java.time.Instant;

/**
 * Timers that survive restarts. They fire by wall clock, in the order in which they are due, never early, and exactly
 * once as far as what they lead to is committed. For use on the stream thread only.
 */
public interface Timers {

    /** Sets a timer. One with the same id, kind and time is the same timer. */
    void schedule(String id, String kind, Instant due);

    /** Takes a timer back; nothing happens when there is none. */
    void cancel(String id, String kind, Instant due);
}
