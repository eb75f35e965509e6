package dev.orderflow.durable.effect;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * How much may be asked of the other side by all tasks together. Each task takes a share by the number of partitions, so
 * that no instance needs to know of another: whoever owns a partition owns its share.
 *
 * @param atOnce the most tries under way, 1 or more; every task has one at least
 * @param perSecond the most tries begun in a second, 1 or more; 0 for no limit
 * @param pause why no try may begin now; empty when it may. Asked at every look, from any thread
 */
public record EffectBrake(int atOnce, int perSecond, Supplier<Optional<String>> pause) {

    /** No limit and no pause. */
    public static final EffectBrake NONE = new EffectBrake(Integer.MAX_VALUE, 0, Optional::empty);

    public EffectBrake {
        if (atOnce < 1 || perSecond < 0) {
            throw new IllegalArgumentException(
                    "At least 1 try at once and none a second are needed: " + atOnce + ", " + perSecond);
        }
    }

    /** At most so many tries at once, of all tasks together. */
    public static EffectBrake atOnce(int atOnce) {
        return new EffectBrake(atOnce, 0, Optional::empty);
    }

    /** The share of one of so many tasks, 1 or more. */
    Throttle shareOf(int tasks) {
        return new Throttle(Math.max(1, atOnce / tasks), (double) perSecond / tasks, pause);
    }
}
