package dev.orderflow.order.view;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.TopicPartition;

/**
 * Which instance keeps which partition, as the broker tells it: each member of the group carries the address of its HTTP
 * API in its client id. Safe for use by several threads.
 */
final class ViewOwners {

    private static final String MARK = "@";
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private final Admin admin;
    private final String group;
    private volatile Answer newest = new Answer(0, CompletableFuture.completedFuture(Map.of()));

    private record Answer(long askedAt, CompletionStage<Map<Integer, URI>> owners) {}

    ViewOwners(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
    }

    /** The client id of a member at this address. */
    static String clientId(String group, Optional<URI> address) {
        return address.map(at -> group + MARK + at).orElse(group);
    }

    /** The address of the instance that keeps a partition, as it was a second ago at most. */
    CompletionStage<Optional<URI>> of(int partition) {
        return all().thenApply(owners -> Optional.ofNullable(owners.get(partition)));
    }

    /** The addresses of all instances, by partition. */
    CompletionStage<Map<Integer, URI>> all() {
        Answer answer = newest;
        long now = System.nanoTime();
        if (answer.askedAt == 0 || now - answer.askedAt > FRESH_NANOS) {
            answer = new Answer(now, ask());
            newest = answer;
        }
        return answer.owners;
    }

    private CompletionStage<Map<Integer, URI>> ask() {
        return admin.describeConsumerGroups(List.of(group))
                .all()
                .toCompletionStage()
                .thenApply(ViewOwners::addresses);
    }

    private static Map<Integer, URI> addresses(Map<String, ConsumerGroupDescription> groups) {
        Map<Integer, URI> addresses = new HashMap<>();
        List<MemberDescription> members = groups.values().stream()
                .flatMap(group -> group.members().stream())
                .toList();
        for (MemberDescription member : members) {
            int mark = member.clientId().indexOf(MARK);
            if (mark < 0) {
                continue;
            }
            URI address = URI.create(member.clientId().substring(mark + MARK.length()));
            for (TopicPartition partition : member.assignment().topicPartitions()) {
                addresses.put(partition.partition(), address);
            }
        }
        return addresses;
    }
}
