package dev.orderflow.analytics.sink;

import dev.orderflow.analytics.batch.Partition;
import dev.orderflow.durable.RetriableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Asks the broker where the order log ends, as far as its transactions are committed. Safe for use by several threads. */
final class LogEnds {

    private static final int TIMEOUT_SECONDS = 5;

    private final Admin admin;

    LogEnds(Admin admin) {
        this.admin = admin;
    }

    /** The first offset of each partition that a reader of committed records cannot get to yet. */
    Map<Partition, Long> now() throws InterruptedException {
        try {
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            for (TopicPartition partition : partitions()) {
                latest.put(partition, OffsetSpec.latest());
            }
            Map<Partition, Long> ends = new HashMap<>();
            admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                    .all()
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .forEach((partition, end) ->
                            ends.put(new Partition(partition.topic(), partition.partition()), end.offset()));
            return ends;
        } catch (ExecutionException | TimeoutException away) {
            throw new RetriableException("The broker does not say where the order log ends: " + away, away);
        }
    }

    private List<TopicPartition> partitions() throws ExecutionException, InterruptedException, TimeoutException {
        List<TopicPartition> partitions = new ArrayList<>();
        for (TopicDescription topic : admin.describeTopics(FactReader.TOPICS)
                .allTopicNames()
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .values()) {
            topic.partitions().forEach(each -> partitions.add(new TopicPartition(topic.name(), each.partition())));
        }
        return partitions;
    }
}
