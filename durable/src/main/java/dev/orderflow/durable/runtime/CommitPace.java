package dev.orderflow.durable.runtime;

import java.util.concurrent.TimeUnit;

/**
 * How far apart the commits of one stream thread are. The longer they take, as on a busy machine, the further: the dearer a
 * transaction is, the more it has to carry. Times are those of one monotonic clock, in nanoseconds. For use by one thread.
 */
final class CommitPace {

    /** From one commit to the next it is twice as long as a commit takes, so that half of the time is left for work. */
    private static final int APART = 2;

    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** The average of how long they take forgets a commit after about so many more. */
    private static final int REMEMBERED = 8;

    private long asked;
    private boolean underWay;
    private long takes;

    /** @param now later than the last commit by any spacing */
    CommitPace(long now) {
        asked = now - TimeUnit.SECONDS.toNanos(1);
    }

    /** A commit was asked for. */
    void asked(long now) {
        asked = now;
        underWay = true;
    }

    /** A transaction is committed; one that nobody has asked for counts for nothing. */
    void done(long now) {
        if (underWay) {
            underWay = false;
            takes += (Math.min(now - asked, LONGEST_NANOS / APART) - takes) / REMEMBERED;
        }
    }

    /**
     * What is left of the time until the next commit; none where it is not positive.
     *
     * @param least so far they are apart at least
     */
    long left(long least, long now) {
        return Math.max(least, APART * takes) - (now - asked);
    }
}
