package dev.orderflow.durable.effect;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One task's share of a brake. For use on the stream thread only. */
final class Throttle {

    /** Unused room of a rate is kept for so long, so that ticks some milliseconds apart can use all of it. */
    private static final double BURST_SECONDS = 0.1;

    private final int atOnce;
    private final double perSecond;
    private final Supplier<Optional<String>> pause;
    private double room = 1;
    private @Nullable Instant lastLook;

    /**
     * @param atOnce the most tries under way, 1 or more
     * @param perSecond the most tries begun in a second, which may be below 1; 0 for no limit
     */
    Throttle(int atOnce, double perSecond, Supplier<Optional<String>> pause) {
        this.atOnce = atOnce;
        this.perSecond = perSecond;
        this.pause = pause;
    }

    /** Why no further try may begin now; null when one may. */
    @Nullable
    String holds(int running, Instant now) {
        Optional<String> paused = pause.get();
        if (paused.isPresent()) {
            return paused.get();
        }
        if (running >= atOnce) {
            return "Waits for its turn: " + atOnce + " calls of its partition are under way";
        }
        return hasRoom(now) ? null : "Waits for its turn: " + perSecond + " calls a second begin in its partition";
    }

    /** A try begins. */
    void begins() {
        room--;
    }

    private boolean hasRoom(Instant now) {
        if (perSecond == 0) {
            return true;
        }
        if (lastLook != null) {
            double seconds = Math.max(0, Duration.between(lastLook, now).toNanos() / 1e9);
            room = Math.min(Math.max(1, perSecond * BURST_SECONDS), room + seconds * perSecond);
        }
        lastLook = now;
        return room >= 1;
    }
}
