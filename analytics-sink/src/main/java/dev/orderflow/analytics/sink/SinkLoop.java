package dev.orderflow.analytics.sink;

import dev.orderflow.analytics.batch.Batch;
import dev.orderflow.analytics.batch.Lane;
import dev.orderflow.analytics.batch.Partition;
import dev.orderflow.analytics.batch.RevenueStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
    /** What a record costs in memory beside its key, value and headers. */
    private static final int OVERHEAD_BYTES = 200;

    private final Consumer<byte[], byte[]> consumer;
    private final RevenueStore store;
    private final BatchWriter writer;
    private final Patience patience;
    private final SinkSettings settings;
    private final SinkStatus status;
    private final Clock clock;
    private final Executor worker;

    private final Map<TopicPartition, Lane<ConsumerRecord<byte[], byte[]>>> lanes = new HashMap<>();
    private final Map<TopicPartition, Long> stored = new HashMap<>();
    private final Set<TopicPartition> unplaced = new HashSet<>();
    private boolean assigned;
    private boolean paused;
    private @Nullable CompletableFuture<Map<Partition, Long>> lookup;
    private @Nullable CompletableFuture<List<Batch<ConsumerRecord<byte[], byte[]>>>> round;

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
        this.settings = settings;
        this.status = status;
        this.clock = clock;
        this.worker = worker;
    }

    /** Joins the group. */
    void subscribe() {
        consumer.subscribe(EntryReader.TOPICS, this);
    }

    /** One poll, and whatever became due: call it again and again, from one thread. */
    void turn() {
        try {
            consumer.poll(timeout()).forEach(this::take);
        } catch (OffsetOutOfRangeException gone) {
            beginAnew(gone.partitions());
        }
        Instant now = clock.instant();
        lanes.forEach((partition, lane) -> position(partition).ifPresent(next -> lane.readUpTo(next, now)));
        place();
        write(now);
        throttle();
        report();
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
        partitions.forEach(partition -> {
            lanes.remove(partition);
            stored.remove(partition);
            unplaced.remove(partition);
        });
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        Lane<ConsumerRecord<byte[], byte[]>> lane = lanes.get(new TopicPartition(record.topic(), record.partition()));
        if (lane != null) {
            int size = Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
            lane.add(record.offset(), size + OVERHEAD_BYTES, record, clock.instant());
        }
    }

    private void place() {
        CompletableFuture<Map<Partition, Long>> running = lookup;
        if (running != null && running.isDone()) {
            lookup = null;
            result(running).ifPresent(this::place);
        }
        if (lookup == null && !unplaced.isEmpty()) {
            Set<Partition> wanted = unplaced.stream().map(SinkLoop::partition).collect(Collectors.toSet());
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
                lanes.put(placed, new Lane<>(partition, position, settings.limits()));
                stored.put(placed, position);
                consumer.seek(placed, position);
                consumer.resume(List.of(placed));
                paused = false;
            }
        });
    }

    private void write(Instant now) {
        CompletableFuture<List<Batch<ConsumerRecord<byte[], byte[]>>>> running = round;
        if (running != null) {
            if (!running.isDone()) {
                return;
            }
            round = null;
            Optional<List<Batch<ConsumerRecord<byte[], byte[]>>>> written = result(running);
            if (written.isEmpty()) {
                startOver();
                return;
            }
            written.get()
                    .forEach(batch -> stored.computeIfPresent(
                            topicPartition(batch.range().partition()),
                            (partition, before) ->
                                    Math.max(before, batch.range().next())));
        }
        if (!full() && lanes.values().stream().noneMatch(lane -> lane.ripe(now))) {
            return;
        }
        // All lanes at once, so that there is one row of positions, and not one for each of them.
        List<Batch<ConsumerRecord<byte[], byte[]>>> batches = new ArrayList<>();
        lanes.values().forEach(lane -> lane.cut().ifPresent(batches::add));
        round = inBackground(() -> {
            writer.write(batches);
            return batches;
        });
    }

    private void throttle() {
        boolean full = full();
        if (full && !paused) {
            consumer.pause(lanes.keySet());
        } else if (!full && paused) {
            consumer.resume(lanes.keySet());
        }
        paused = full;
    }

    private void report() {
        long behind = 0;
        for (Map.Entry<TopicPartition, Long> each : stored.entrySet()) {
            long read = position(each.getKey()).orElse(each.getValue());
            behind += read + consumer.currentLag(each.getKey()).orElse(0) - each.getValue();
        }
        status.backlog(behind, waitingBytes());
    }

    /** Where reading is; empty while the consumer is finding out after a change of leaders. */
    private Optional<Long> position(TopicPartition partition) {
        try {
            return Optional.of(consumer.position(partition, BUSY));
        } catch (TimeoutException later) {
            return Optional.empty();
        }
    }

    private boolean full() {
        return waitingBytes() >= settings.bufferBytes();
    }

    private long waitingBytes() {
        return lanes.values().stream().mapToLong(Lane::bytes).sum();
    }

    private Duration timeout() {
        if (round != null || lookup != null) {
            return BUSY;
        }
        Instant now = clock.instant();
        return lanes.values().stream()
                .map(Lane::due)
                .flatMap(Optional::stream)
                .map(due -> Duration.between(now, due))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
                .filter(wait -> wait.compareTo(IDLE) < 0)
                .min(Duration::compareTo)
                .orElse(IDLE);
    }

    /** A round was cut off and not written: going on behind it would leave a hole, so back to what is stored. */
    private void startOver() {
        unplaced.addAll(lanes.keySet());
        consumer.pause(unplaced);
        lanes.clear();
        stored.clear();
    }

    /** The stored position is not in the log any more: its records were deleted, or the topic is another one now. */
    private void beginAnew(Set<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            Long from = stored.get(partition);
            consumer.seekToBeginning(List.of(partition));
            long begin = consumer.position(partition);
            LOG.error(
                    "The log of {} does not have offset {} any more and begins at {}: what lay between was deleted before"
                            + " it was counted, or the topic was made anew. Reading from its beginning. If it was made"
                            + " anew, delete its rows from sink_positions.",
                    partition,
                    from,
                    begin);
            lanes.put(partition, new Lane<>(partition(partition), begin, settings.limits()));
        }
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

    private static Partition partition(TopicPartition partition) {
        return new Partition(partition.topic(), partition.partition());
    }

    private static TopicPartition topicPartition(Partition partition) {
        return new TopicPartition(partition.topic(), partition.number());
    }
}
