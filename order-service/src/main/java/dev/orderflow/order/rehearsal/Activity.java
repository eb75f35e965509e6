package dev.orderflow.order.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;

/**
 * In which seconds the running saga was at work, told by what it has written: where it was, a timer that was due has fired.
 * Where it was not, it may have been down or idle, and nobody knows. Needs a bit for each second from the first to the
 * last. For use by one thread while it grows.
 */
public final class Activity {

    /** A saga at work fires a timer that is due within so long at the latest. */
    static final Duration LATEST = Duration.ofSeconds(2);

    private static final long LONGEST = Duration.ofDays(400).toSeconds();

    private final long begin;
    private final BitSet seconds = new BitSet();

    /** @param begin nothing older is of interest */
    public Activity(Instant begin) {
        this.begin = begin.getEpochSecond();
    }

    /** The saga has written something. */
    public void saw(Instant at) {
        long second = at.getEpochSecond() - begin;
        if (second >= 0 && second < LONGEST) {
            seconds.set((int) second);
        }
    }

    /**
     * Whether the saga is known to have been at work at or after {@code due} for long enough before {@code until}, that
     * a timer for {@code due} must have fired by then.
     */
    boolean hasFired(Instant due, Instant until) {
        // The first whole second after it: one that began before may have been before the timer.
        long from = Math.max(0, due.plusMillis(999).getEpochSecond() - begin);
        long to = until.minus(LATEST).getEpochSecond() - begin;
        if (from > Integer.MAX_VALUE || to <= from) {
            return false;
        }
        int next = seconds.nextSetBit((int) from);
        return next >= 0 && next < to;
    }

    /** The end of the last second in which it was seen at work. */
    Instant last() {
        return Instant.ofEpochSecond(begin + seconds.length());
    }
}
