package dev.orderflow.durable.runtime;

import java.util.concurrent.TimeUnit;

/**
 * How far apart the commits of one stream thread are. The longer they take, as on a busy machine, the further: the dearer a
 * transaction is, the more it has to carry. Times are those of one monotonic clock, in nanoseconds. For use by one thread.
 */
final class CommitPace {

    /** Where each service has transactions of its own: half of the time is left for work. */
    static final int APART_ALONE = 2;

    /** Where services share them there are fewer, and what an order waits for are two commits in a row. */
    static final int APART_SHARED = 1;

    /** Of longer commits no more than this counts. */
    private static final long LONGEST_COUNTED_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    /** The average of how long they take forgets a commit after about so many more. */
    private static final int REMEMBERED = 8;

    private final int apart;
    private long asked;
    private boolean underWay;
    private long takes;

    /**
     * @param apart from one commit to the next it is so many times as long as a commit takes
     * @param now later than the last commit by any spacing
     */
    CommitPace(int apart, long now) {
        this.apart = apart;
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
            takes += (Math.min(now - asked, LONGEST_COUNTED_NANOS) - takes) / REMEMBERED;
        }
    }

    /**
     * What is left of the time until the next commit; none where it is not positive.
     *
     * @param least so far they are apart at least
     */
    long left(long least, long now) {
        return Math.max(least, apart * takes) - (now - asked);
    }
}
