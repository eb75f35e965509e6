package dev.orderflow.order.rehearsal;

import dev.orderflow.order.saga.Evidence;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record that the running saga has handled without a trace in the timeline, or with a dead letter: its place is known only
 * by the records of its own topic, and by time.
 *
 * @param from not before this: it was written then, or set aside then
 * @param deadLetter what came of it; null where nothing did
 */
record Floating(Input input, Instant from, @Nullable Sent deadLetter) {

    Evidence place() {
        return input.place();
    }
}
