package dev.orderflow.durable.runtime;

import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a dying stream thread out of its group. Members are static, so that a process that comes back at once keeps its
 * partitions without a rebalance; but a thread that is replaced has another number and so is another member, and without
 * this its partitions would stand still until the session of the dead one is over.
 */
final class GroupExit {

    private static final Logger LOG = LoggerFactory.getLogger(GroupExit.class);
    private static final int LONGEST_MS = 5_000;

    private GroupExit() {}

    /** The member that a stream thread is, by the names that Kafka Streams gives both. */
    static String memberOf(String staticMember, String threadName) {
        return staticMember + threadName.substring(threadName.lastIndexOf('-'));
    }

    /** Removes the member that {@code thread} is. When that fails, its session runs out instead. */
    static void leave(KafkaConnection kafka, String applicationId, Thread thread) {
        String member = memberOf(kafka.staticMember(applicationId), thread.getName());
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            admin.removeMembersFromConsumerGroup(applicationId, options(member))
                    .all()
                    .get();
        } catch (ExecutionException | KafkaException failure) {
            // Thrown on, it would end the handler of the failure before that has asked for a new thread.
            LOG.debug("{} could not be taken out of its group; its session runs out", member, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static RemoveMembersFromConsumerGroupOptions options(String member) {
        RemoveMembersFromConsumerGroupOptions options =
                new RemoveMembersFromConsumerGroupOptions(Set.of(new MemberToRemove(member)));
        options.timeoutMs(LONGEST_MS);
        return options;
    }
}
