package dev.orderflow.durable.runtime;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.TerminalException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where services go on when they have begun, or ended, to share their transactions: alone each has a group of its own, and those
 * that share have one together. A service has read as far as the one of both groups that is further.
 */
final class ServicePositions {

    private static final Logger LOG = LoggerFactory.getLogger(ServicePositions.class);

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long MORE_THAN_A_SESSION_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Admin admin;
    private final KafkaConnection kafka;

    ServicePositions(Admin admin, KafkaConnection kafka) {
        this.admin = admin;
        this.kafka = kafka;
    }

    /**
     * Has the group of a service that has transactions of its own go on where those that shared them have stopped.
     *
     * @throws TerminalException when they run, in another process
     */
    void alone(TaskDefinition<?> definition) {
        String own = kafka.applicationId(definition.service());
        awaitEnd(List.of(kafka.prefix()));
        Map<TopicPartition, Long> together = of(offsets(kafka.prefix(), true), definition);
        if (!together.isEmpty()) {
            Map<TopicPartition, Long> before = offsets(own, false);
            move(own, before, furthest(before, together));
        }
    }

    /**
     * Has the group of services that share transactions go on where the one is that is least far.
     *
     * @return what the others have read of that
     * @throws TerminalException when one of them runs by itself, in another process
     */
    ReadBefore together(List<TaskDefinition<?>> definitions) {
        List<String> own = definitions.stream()
                .map(definition -> kafka.applicationId(definition.service()))
                .toList();
        awaitEnd(own);
        Map<TopicPartition, Long> before = offsets(kafka.prefix(), false);
        Map<String, Map<TopicPartition, Long>> positions = new HashMap<>();
        for (TaskDefinition<?> definition : definitions) {
            Map<TopicPartition, Long> alone = offsets(kafka.applicationId(definition.service()), true);
            positions.put(definition.service(), of(furthest(alone, before), definition));
        }
        Map<TopicPartition, Long> least = least(definitions, positions);
        move(kafka.prefix(), before, least);
        return new ReadBefore(positions);
    }

    /** For each partition the greater of both offsets, or the one that there is. */
    static Map<TopicPartition, Long> furthest(Map<TopicPartition, Long> one, Map<TopicPartition, Long> other) {
        Map<TopicPartition, Long> furthest = new HashMap<>(one);
        other.forEach((partition, offset) -> furthest.merge(partition, offset, Math::max));
        return furthest;
    }

    /** For each partition the least offset of those that read it; none where one of them has read nothing of it. */
    static Map<TopicPartition, Long> least(
            List<TaskDefinition<?>> definitions, Map<String, Map<TopicPartition, Long>> positions) {
        Map<TopicPartition, Long> least = new HashMap<>();
        positions
                .values()
                .forEach(read -> read.forEach((partition, offset) -> least.merge(partition, offset, Math::min)));
        for (TaskDefinition<?> definition : definitions) {
            Map<TopicPartition, Long> read = positions.getOrDefault(definition.service(), Map.of());
            least.keySet()
                    .removeIf(partition ->
                            definition.readTopics().contains(partition.topic()) && !read.containsKey(partition));
        }
        return least;
    }

    private static Map<TopicPartition, Long> of(Map<TopicPartition, Long> offsets, TaskDefinition<?> definition) {
        Set<String> topics = Set.copyOf(definition.readTopics());
        Map<TopicPartition, Long> read = new HashMap<>(offsets);
        read.keySet().removeIf(partition -> !topics.contains(partition.topic()));
        return read;
    }

    private void move(String group, Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
        Map<TopicPartition, OffsetAndMetadata> moved = new HashMap<>();
        to.forEach((partition, offset) -> {
            if (!offset.equals(from.get(partition))) {
                moved.put(partition, new OffsetAndMetadata(offset));
            }
        });
        if (!moved.isEmpty()) {
            LOG.info("{} goes on from {}", group, moved);
            get(admin.alterConsumerGroupOffsets(group, moved).all());
        }
    }

    /**
     * Reads the offsets of a group.
     *
     * @param stable whether to wait for the end of transactions that may move them still, as after a kill
     */
    private Map<TopicPartition, Long> offsets(String group, boolean stable) {
        Map<TopicPartition, OffsetAndMetadata> committed = get(admin.listConsumerGroupOffsets(
                        Map.of(group, new ListConsumerGroupOffsetsSpec()),
                        new ListConsumerGroupOffsetsOptions().requireStable(stable))
                .partitionsToOffsetAndMetadata(group));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        committed.forEach((partition, offset) -> {
            if (offset != null) {
                offsets.put(partition, offset.offset());
            }
        });
        return offsets;
    }

    /** After a kill a group ends with its session. */
    private void awaitEnd(List<String> groups) {
        long end = System.nanoTime() + kafka.sessionTimeout().toNanos() + MORE_THAN_A_SESSION_NANOS;
        List<String> running = running(groups);
        while (!running.isEmpty()) {
            if (System.nanoTime() - end > 0) {
                throw new TerminalException(
                        "The groups " + running + " are at work, and would do the same work twice: the"
                                + " same services run in another process. End it, or set transactions.shared alike for both.");
            }
            LockSupport.parkNanos(LOOK_NANOS);
            running = running(groups);
        }
    }

    private List<String> running(List<String> groups) {
        List<String> running = new ArrayList<>();
        admin.describeConsumerGroups(groups).describedGroups().forEach((group, described) -> {
            try {
                GroupState state = described.get().groupState();
                if (state != GroupState.EMPTY && state != GroupState.DEAD) {
                    running.add(group);
                }
            } catch (ExecutionException failure) {
                if (!(failure.getCause() instanceof GroupIdNotFoundException)) {
                    throw new RetriableException("The groups " + groups + " are not described", failure);
                }
            } catch (InterruptedException interrupted) {
                throw interrupted(interrupted);
            }
        });
        return running;
    }

    private static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException failure) {
            throw new RetriableException("The offsets of groups cannot be had: " + failure.getCause(), failure);
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    private static RetriableException interrupted(InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return new RetriableException("Interrupted while asking the broker about groups", interrupted);
    }
}
