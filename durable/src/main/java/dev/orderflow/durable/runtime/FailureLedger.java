package dev.orderflow.durable.runtime;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Which record of each partition has failed, in which service, how often, and why, and the same of timers and of outcomes of
 * effects: what breaks the code every time must not stop the service for ever. Outlives the stream threads that die of it. Safe for use by several threads.
 */
final class FailureLedger {

    /** After so many failures of the same record it becomes a dead letter. */
    static final int MOST_FAILURES = 3;

    private final Map<Reading, Failures> failures = new ConcurrentHashMap<>();

    private final Map<Deed, Failures> deeds = new ConcurrentHashMap<>();

    /** A service at a partition. */
    private record Reading(String service, TopicPartition partition) {}

    /**
     * Something a service does that no record has asked for.
     *
     * @param kind {@code timer}, {@code effect} or {@code hand-over}
     * @param name the same whenever the same comes again
     */
    record Deed(String service, String kind, int partition, String name) {}

    private record Failures(long offset, int count, String reason) {

        /** Why to give up, after too many. */
        Optional<String> verdict(int most) {
            return count < most ? Optional.empty() : Optional.of("Failed " + count + " times: " + reason);
        }
    }

    void failed(String service, Origin read, Throwable failure) {
        long offset = read.offset();
        failures.merge(
                reading(service, read),
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

    /** Whether anything has failed that is no record; mostly nothing has. */
    boolean hasDeeds() {
        return !deeds.isEmpty();
    }

    /** Whether this has failed before. */
    boolean hasFailed(Deed deed) {
        return deeds.containsKey(deed);
    }

    /** This will not be tried again. */
    void over(Deed deed) {
        deeds.remove(deed);
    }

    /** Why this is to be given up, when it has failed too often. */
    Optional<String> givenUp(Deed deed) {
        if (deeds.isEmpty()) {
            return Optional.empty();
        }
        Failures found = deeds.get(deed);
        return found == null ? Optional.empty() : found.verdict(MOST_FAILURES);
    }

    /** Why this record is to be given up by a service, when it has failed there so often or more. */
    Optional<String> givenUp(String service, Origin read, int most) {
        if (failures.isEmpty()) {
            return Optional.empty();
        }
        Failures found = failures.get(reading(service, read));
        return found == null || found.offset() != read.offset() ? Optional.empty() : found.verdict(most);
    }

    private static Reading reading(String service, Origin read) {
        return new Reading(service, new TopicPartition(read.topic(), read.partition()));
    }
}
