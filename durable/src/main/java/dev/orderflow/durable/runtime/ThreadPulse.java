package dev.orderflow.durable.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What one stream thread knows about its polls: how many fetched records are still to be handled, so that one commit can
 * cover exactly what one poll has brought, and a way to end a poll early. Confined to its thread but for {@link #wake}.
 */
final class ThreadPulse {

    private static final long SHORTEST_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Two ticks of a task with effects: so long after a wake-up polls stay short, lest the tick that it was for is late. */
    private static final long ALERT_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final ThreadLocal<@Nullable ThreadPulse> CURRENT = new ThreadLocal<>();

    /** How often a stream thread looks whether its tasks are there and restored: nothing ends its poll when they are. */
    private static final Duration SETTLING_POLL = Duration.ofMillis(10);

    private static final long STARTING_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final long bornNanos = System.nanoTime();
    private final List<Runnable> whenCommitted = new ArrayList<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final ThreadTransactions transactions = new ThreadTransactions();
    private final Map<Integer, Integer> outstanding = new HashMap<>();
    private final Map<Integer, Long> dueMillis = new HashMap<>();
    private final Runnable wake;
    private int total;
    private long commitDueNanos;
    private boolean commitOutstanding;
    private long commits;
    private long wokenNanos = System.nanoTime() - TimeUnit.SECONDS.toNanos(1);
    private final CommitPace pace;
    private final Function<TopicPartition, OptionalLong> lag;

    /**
     * @param wake ends the poll under way
     * @param lag how many records of a partition have not been fetched yet; empty while that is not known
     * @param commitsApart from one commit to the next it is so many times as long as a commit takes
     */
    ThreadPulse(Runnable wake, Function<TopicPartition, OptionalLong> lag, int commitsApart) {
        this.wake = wake;
        this.lag = lag;
        this.pace = new CommitPace(commitsApart, System.nanoTime());
    }

    /** Whether all that a partition holds has been fetched; false while that is not known. */
    boolean isFetchedWhole(TopicPartition partition) {
        return lag.apply(partition).orElse(-1) == 0;
    }

    /** The pulse of the calling stream thread; null off a stream thread, as under a test driver. */
    static @Nullable ThreadPulse current() {
        return CURRENT.get();
    }

    /** The transactions of the calling stream thread; null off a stream thread. */
    static @Nullable ThreadTransactions currentTransactions() {
        ThreadPulse pulse = CURRENT.get();
        return pulse == null ? null : pulse.transactions;
    }

    void bind() {
        if (CURRENT.get() != this) {
            CURRENT.set(this);
        }
    }

    void fetched(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            int count = records.records(partition).size();
            outstanding.merge(partition.partition(), count, Integer::sum);
            total += count;
        }
    }

    /** One record of this task has been handled. */
    void handled(int partition) {
        Integer left = outstanding.get(partition);
        if (left != null && left > 0) {
            outstanding.put(partition, left - 1);
            total--;
        }
    }

    /** Whether all that was fetched for this task has been handled. */
    boolean isTaskDone(int partition) {
        return outstanding.getOrDefault(partition, 0) == 0;
    }

    /** Whether all that was fetched for all tasks of the thread has been handled. */
    boolean isBatchDone() {
        return total == 0;
    }

    /** The task is gone, and with it whatever was fetched for it. */
    void forget(int partition) {
        dueMillis.remove(partition);
        Integer left = outstanding.remove(partition);
        if (left != null) {
            total -= left;
        }
    }

    /** When a task has something to do by itself, in milliseconds since 1970: a poll must not block for longer. */
    void due(int partition, long millis) {
        dueMillis.put(partition, millis);
    }

    /** Work is done that waits for a commit, for so long at most: the next poll must not block for longer. */
    void awaitCommit(long nanos) {
        long due = System.nanoTime() + nanos;
        if (!commitOutstanding || due - commitDueNanos < 0) {
            commitDueNanos = due;
        }
        commitOutstanding = true;
    }

    /** A commit of all tasks of the thread has been asked for. */
    void committed() {
        commitOutstanding = false;
        commits++;
        pace.asked(System.nanoTime());
    }

    /** Runs this when the transaction is committed that all tasks of the thread have worked in until now. */
    void whenCommitted(Runnable action) {
        whenCommitted.add(action);
    }

    /** Runs this when the open transaction of the thread is committed; forgets it where it is not. */
    void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    /**
     * The open transaction of the thread is committed.
     *
     * @param acknowledged the offset of its last record in each changelog partition that has one
     */
    void transactionCommitted(Map<TopicPartition, Long> acknowledged) {
        transactions.committed(acknowledged);
        pace.done(System.nanoTime());
        runAll(afterCommit);
        runAll(whenCommitted);
    }

    /** Those that are added meanwhile are for the next transaction. */
    private static void runAll(List<Runnable> actions) {
        if (!actions.isEmpty()) {
            List<Runnable> due = List.copyOf(actions);
            actions.clear();
            due.forEach(Runnable::run);
        }
    }

    /** The open transaction of the thread is aborted, which takes its tasks with it. */
    void transactionAborted() {
        afterCommit.clear();
        transactions.aborted();
    }

    /** Whether the open transaction of the thread was committed is not known, and it cannot be asked for again. */
    void transactionLost() {
        afterCommit.clear();
        transactions.lost();
    }

    ThreadTransactions transactions() {
        return transactions;
    }

    /** How many commits have been asked for: each covers what all tasks of the thread have done before it. */
    long commits() {
        return commits;
    }

    /** Nothing waits for a commit any more. */
    void forgetCommit() {
        commitOutstanding = false;
    }

    /**
     * What is left of the time until the next commit, in nanoseconds; none where it is not positive.
     *
     * @param least so far they are apart at least
     */
    long spacingLeft(long least) {
        return pace.left(least, System.nanoTime());
    }

    /** A poll was ended early: ticks come by the millisecond, so the next one may still lie ahead. */
    void woken() {
        wokenNanos = System.nanoTime();
    }

    /**
     * How long a poll may block: no longer than work that is done may wait for its commit and until the next timer or
     * effect is due, and shortly after a wake-up only until the next tick.
     */
    Duration pollTimeout(Duration asked) {
        long now = System.nanoTime();
        if (now - wokenNanos < ALERT_NANOS) {
            return shorter(asked, SHORTEST_POLL_NANOS);
        }
        long left = commitOutstanding ? commitDueNanos - now : Long.MAX_VALUE;
        long wallMillis = System.currentTimeMillis();
        for (long due : dueMillis.values()) {
            if (due - wallMillis < asked.toMillis()) {
                left = Math.min(left, TimeUnit.MILLISECONDS.toNanos(due - wallMillis));
            }
        }
        return shorter(asked, Math.max(SHORTEST_POLL_NANOS, left));
    }

    /**
     * How long a poll may block that cannot bring a record: short while the thread has just started and has no partition, and
     * while all that it has are paused, since their stores are being restored.
     */
    Duration settlingTimeout(Duration asked, int assigned, int paused) {
        boolean settling = assigned == 0 ? System.nanoTime() - bornNanos < STARTING_NANOS : paused == assigned;
        return settling ? shorter(asked, SETTLING_POLL.toNanos()) : asked;
    }

    private static Duration shorter(Duration asked, long nanos) {
        return asked.toNanos() <= nanos ? asked : Duration.ofNanos(nanos);
    }

    /** Ends the poll under way, or the next one. Safe to call from any thread. */
    void wake() {
        wake.run();
    }
}
