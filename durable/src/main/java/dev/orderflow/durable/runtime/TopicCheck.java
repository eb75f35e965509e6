package dev.orderflow.durable.runtime;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.TerminalException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates topics, and checks that those which one task reads together are partitioned alike. */
public final class TopicCheck {

    private static final Logger LOG = LoggerFactory.getLogger(TopicCheck.class);

    private static final long LONGEST_UNKNOWN_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private TopicCheck() {}

    /**
     * Creates those topics that are not there yet; those that are stay as they are. A topic that a newer version adds gets
     * as many partitions as those that are there have: the number is the same for all. Returns when the broker knows them.
     */
    public static void ensure(Admin admin, Collection<NewTopic> topics) {
        OptionalInt existing = partitionsNow(admin, topics);
        List<NewTopic> alike = topics.stream()
                .map(topic -> existing.isPresent() ? withPartitions(topic, existing.getAsInt()) : topic)
                .toList();
        List<String> added = new ArrayList<>();
        admin.createTopics(alike).values().forEach((name, created) -> {
            try {
                created.get();
                added.add(name);
            } catch (ExecutionException failure) {
                if (!(failure.getCause() instanceof TopicExistsException)) {
                    throw new RetriableException(
                            "Topic " + name + " cannot be created: " + failure.getCause(), failure);
                }
            } catch (InterruptedException interrupted) {
                throw interrupted(interrupted);
            }
        });
        awaitKnown(admin, added);
    }

    /** A broker that is busy, as with its logs after a kill, hears of a new topic a while after it was created. */
    private static void awaitKnown(Admin admin, List<String> added) {
        long end = System.nanoTime() + LONGEST_UNKNOWN_NANOS;
        while (!added.isEmpty() && !areKnown(admin, added)) {
            if (System.nanoTime() - end > 0) {
                throw new RetriableException("The broker does not know the topics yet that were created: " + added);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static boolean areKnown(Admin admin, List<String> topics) {
        try {
            admin.describeTopics(topics).allTopicNames().get();
            return true;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw new RetriableException("The broker does not describe its topics: " + failure.getCause(), failure);
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    private static OptionalInt partitionsNow(Admin admin, Collection<NewTopic> topics) {
        try {
            Set<String> present = admin.listTopics().names().get();
            List<String> ours = topics.stream()
                    .map(NewTopic::name)
                    .filter(present::contains)
                    .toList();
            if (ours.isEmpty()) {
                return OptionalInt.empty();
            }
            List<String> first = ours.subList(0, 1);
            int partitions = admin.describeTopics(first).allTopicNames().get().values().stream()
                    .mapToInt(topic -> topic.partitions().size())
                    .sum();
            int wanted = topics.iterator().next().numPartitions();
            if (wanted != partitions) {
                LOG.info("Topics have {} partitions and keep them; topics.partitions is {}", partitions, wanted);
            }
            return OptionalInt.of(partitions);
        } catch (ExecutionException failure) {
            throw new RetriableException("The topics of the broker cannot be listed: " + failure.getCause(), failure);
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    private static NewTopic withPartitions(NewTopic topic, int partitions) {
        return new NewTopic(topic.name(), partitions, topic.replicationFactor()).configs(topic.configs());
    }

    /**
     * How many partitions these topics have, each the same number. Kafka Streams does not check that for a processor with
     * several sources: half of the messages would silently meet an empty store.
     *
     * @throws TerminalException when a topic is missing or the numbers differ
     */
    public static int commonPartitions(Admin admin, List<String> topics) {
        Map<String, Integer> partitions = new TreeMap<>();
        try {
            Map<String, TopicDescription> found =
                    admin.describeTopics(topics).allTopicNames().get();
            found.forEach(
                    (name, topic) -> partitions.put(name, topic.partitions().size()));
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new TerminalException(
                        "One of these topics does not exist: " + topics + ". Start a service that creates them first,"
                                + " or create them as the README's table says.",
                        failure);
            }
            throw new RetriableException("The broker does not describe its topics: " + failure.getCause(), failure);
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
        if (new TreeSet<>(partitions.values()).size() != 1) {
            throw new TerminalException("These topics are read together and must have the same number of partitions: "
                    + partitions + ". Add partitions to those with fewer, before any order is in flight.");
        }
        return partitions.values().iterator().next();
    }

    private static RetriableException interrupted(InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return new RetriableException("Interrupted while asking the broker about its topics", interrupted);
    }
}
