package dev.orderflow.analytics.sink;

import dev.orderflow.analytics.batch.OffsetRange;
import dev.orderflow.analytics.batch.Partition;
import dev.orderflow.analytics.batch.RevenueStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the order log and hands it on in batches. The thread that polls never waits for the database: one round of batches
 * is being written by another thread while the next one is read, and when both hands are full reading pauses. Where to
 * begin is asked of the database, since it alone knows what it has.
 */
final class SinkLoop implements ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(SinkLoop.class);
    private static final Duration IDLE = Duration.ofMillis(500);
    private static final Duration BUSY = Duration.ofMillis(10);

    private final Consumer<byte[], byte[]> consumer;
    private final RevenueStore store;
    private final BatchWriter writer;
    private final Patience patience;
    private final SinkStatus status;
    private final Clock clock;
    private final Executor worker;

    private final Lanes lanes;
    private final Set<TopicPartition> unplaced = new HashSet<>();
    private boolean assigned;
    private boolean paused;
    private @Nullable CompletableFuture<Map<Partition, Long>> lookup;
    private @Nullable CompletableFuture<List<OffsetRange>> round;

    SinkLoop(
            Consumer<byte[], byte[]> consumer,
            RevenueStore store,
            BatchWriter writer,
            Patience patience,
            SinkSettings settings,
            SinkStatus status,
            Clock clock,
            Executor worker) {
        this.consumer = consumer;
        this.store = store;
        this.writer = writer;
        this.patience = patience;
        this.lanes = new Lanes(settings);
        this.status = status;
        this.clock = clock;
        this.worker = worker;
    }

    /** Joins the group. */
    void subscribe() {
        consumer.subscribe(FactReader.TOPICS, this);
    }

    /** One poll, and whatever became due: call it again and again, from one thread. */
    void turn() {
        try {
            consumer.poll(timeout()).forEach(record -> lanes.add(record, clock.instant()));
        } catch (OffsetOutOfRangeException gone) {
            gone.partitions().forEach(this::passHole);
        }
        for (TopicPartition partition : lanes.open()) {
            position(partition).ifPresent(next -> lanes.readUpTo(partition, next, clock.instant()));
        }
        place();
        write();
        throttle();
        status.backlog(behind(), lanes.bytes());
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        assigned = true;
        unplaced.addAll(partitions);
        consumer.pause(partitions);
        // Any position will do until the right one is known; without one the consumer would not poll at all.
        partitions.forEach(partition -> consumer.seek(partition, 0));
    }

    /** What waits of them is forgotten; whoever gets them begins at the stored position. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        lanes.close(partitions);
        unplaced.removeAll(partitions);
    }

    private void place() {
        CompletableFuture<Map<Partition, Long>> running = lookup;
        if (running != null && running.isDone()) {
            lookup = null;
            result(running).ifPresent(this::place);
        }
        if (lookup == null && !unplaced.isEmpty()) {
            Set<Partition> wanted = unplaced.stream().map(Lanes::partition).collect(Collectors.toSet());
            lookup = inBackground(() -> {
                patience.insist("prepare the tables", () -> {
                    store.prepare();
                    return true;
                });
                Map<Partition, Long> found =
                        new HashMap<>(patience.insist("read the positions", () -> store.positions(wanted)));
                wanted.forEach(partition -> found.putIfAbsent(partition, 0L));
                return found;
            });
        }
        if (assigned && unplaced.isEmpty()) {
            status.placed();
        }
    }

    private void place(Map<Partition, Long> positions) {
        positions.forEach((partition, position) -> {
            TopicPartition placed = new TopicPartition(partition.topic(), partition.number());
            if (unplaced.remove(placed)) {
                lanes.open(placed, position);
                consumer.seek(placed, position);
                consumer.resume(List.of(placed));
                paused = false;
            }
        });
    }

    private void write() {
        CompletableFuture<List<OffsetRange>> running = round;
        if (running != null) {
            if (!running.isDone()) {
                return;
            }
            round = null;
            result(running).ifPresentOrElse(lanes::stored, this::startOver);
        }
        if (!lanes.ripe(clock.instant())) {
            return;
        }
        // Partitions side by side, since an insert keeps one core busy; then one insert of positions for all of them.
        List<CompletableFuture<OffsetRange>> writing = lanes.cut().stream()
                .map(batch -> inBackground(() -> writer.write(batch)))
                .toList();
        round = CompletableFuture.allOf(writing.toArray(CompletableFuture[]::new))
                .thenCompose(_ -> inBackground(() -> {
                    List<OffsetRange> written =
                            writing.stream().map(CompletableFuture::join).toList();
                    writer.advance(written);
                    return written;
                }));
    }

    private void throttle() {
        boolean full = lanes.full();
        if (full && !paused) {
            consumer.pause(lanes.open());
        } else if (!full && paused) {
            consumer.resume(lanes.open());
        }
        paused = full;
    }

    private long behind() {
        long behind = 0;
        for (Map.Entry<TopicPartition, Long> each : lanes.stored().entrySet()) {
            long read = position(each.getKey()).orElse(each.getValue());
            behind += read + consumer.currentLag(each.getKey()).orElse(0) - each.getValue();
        }
        return behind;
    }

    /** Where reading is; empty while the consumer is finding out after a change of leaders. */
    private Optional<Long> position(TopicPartition partition) {
        try {
            return Optional.of(consumer.position(partition, BUSY));
        } catch (TimeoutException later) {
            return Optional.empty();
        }
    }

    private Duration timeout() {
        if (round != null || lookup != null) {
            return BUSY;
        }
        return lanes.ripeIn(clock.instant())
                .filter(wait -> wait.compareTo(IDLE) < 0)
                .orElse(IDLE);
    }

    /** A round was cut off and not written: going on behind it would leave a hole, so back to what is stored. */
    private void startOver() {
        unplaced.addAll(lanes.open());
        consumer.pause(unplaced);
        lanes.close(unplaced);
    }

    /** The log does not have the next record: it was deleted before it was read, or the topic is another one now. */
    private void passHole(TopicPartition partition) {
        long wanted = lanes.position(partition);
        consumer.seekToBeginning(List.of(partition));
        long begin = consumer.position(partition);
        if (begin > wanted) {
            LOG.error(
                    "Records {} to {} of {} were deleted before they were counted: revenue lacks them. Keep the topic for"
                            + " longer than the database may be away.",
                    wanted,
                    begin - 1,
                    partition);
            return;
        }
        LOG.error(
                "The log of {} ends before offset {}, up to which it is stored: the topic was made anew or cut. Reading it"
                        + " from its beginning, at every start until its row is deleted from sink_positions.",
                partition,
                wanted);
        lanes.open(partition, begin);
    }

    private <T> CompletableFuture<T> inBackground(Callable<T> work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return work.call();
                    } catch (Exception ended) {
                        throw new CompletionException(ended);
                    }
                },
                worker);
    }

    /** Work in the background tries until it succeeds; it ends without a result by an interrupt or a lack of memory. */
    private static <T> Optional<T> result(CompletableFuture<T> done) {
        if (done.isCompletedExceptionally()) {
            LOG.error("Background work of the analytics sink was cut off", done.exceptionNow());
            return Optional.empty();
        }
        return Optional.of(done.resultNow());
    }
}
