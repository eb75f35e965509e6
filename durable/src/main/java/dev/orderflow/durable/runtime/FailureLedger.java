package dev.orderflow.durable.runtime;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Which record of each partition has failed, how often, and why, and the same of timers and of outcomes of effects: what
 * breaks the code every time must not stop the service for ever. Outlives the stream threads that die of it. Safe for use by several threads.
 */
final class FailureLedger {

    /** After so many failures of the same record it becomes a dead letter. */
    static final int MOST_FAILURES = 3;

    private final Map<TopicPartition, Failures> failures = new ConcurrentHashMap<>();

    private final Map<Deed, Failures> deeds = new ConcurrentHashMap<>();

    /**
     * Something a task does that no record has asked for.
     *
     * @param kind {@code timer} or {@code effect}
     * @param name the same whenever the same comes again
     */
    record Deed(String kind, int partition, String name) {}

    private record Failures(long offset, int count, String reason) {

        /** Why to give up, after too many. */
        Optional<String> verdict(int most) {
            return count < most ? Optional.empty() : Optional.of("Failed " + count + " times: " + reason);
        }
    }

    void failed(Origin read, Throwable failure) {
        long offset = read.offset();
        failures.merge(
                new TopicPartition(read.topic(), read.partition()),
                new Failures(offset, 1, failure.toString()),
                (before, now) ->
                        before.offset() == offset ? new Failures(offset, before.count() + 1, now.reason()) : now);
    }

    void failed(Deed deed, Throwable failure) {
        deeds.merge(
                deed,
                new Failures(0, 1, failure.toString()),
                (before, now) -> new Failures(0, before.count() + 1, now.reason()));
    }

    /** Why this is to be given up, when it has failed too often. */
    Optional<String> givenUp(Deed deed) {
        if (deeds.isEmpty()) {
            return Optional.empty();
        }
        Failures found = deeds.get(deed);
        return found == null ? Optional.empty() : found.verdict(MOST_FAILURES);
    }

    /** Why this record is to be given up, when it has failed so often or more. */
    Optional<String> givenUp(Origin read, int most) {
        if (failures.isEmpty()) {
            return Optional.empty();
        }
        Failures found = failures.get(new TopicPartition(read.topic(), read.partition()));
        return found == null || found.offset() != read.offset() ? Optional.empty() : found.verdict(most);
    }
}
