package dev.orderflow.order.recording;

import java.time.Instant;
import java.util.Optional;

/**
 * How far a reading went.
 *
 * @param from since when all is there; empty where it is there from the first record on
 * @param until when reading began: what came later is not in it
 * @param records how many were read
 * @param unreadable records that the saga cannot read, or of ids that no order can have: it makes dead letters of them
 * @param rerouted records that were sent on to the partition of their order, where they were read again
 * @param positions whether the positions of the saga are known; where not, all is taken to have been handled
 */
public record Reach(
        Optional<Instant> from, Instant until, long records, long unreadable, long rerouted, boolean positions) {}
