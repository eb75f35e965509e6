package dev.orderflow.analytics.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the logs ended at past moments: tells how old what is stored is. Holds some thousand moments at most, the older the
 * sparser. Safe for use by several threads.
 */
public final class LogHistory {

    private static final int MAX_MOMENTS = 4096;

    private record Moment(Instant at, Map<Partition, Long> ends) {}

    private List<Moment> moments = new ArrayList<>();

    /** Notes where each partition ended at a moment: the offset that its next record gets. */
    public synchronized void add(Instant at, Map<Partition, Long> ends) {
        Moment moment = new Moment(at, Map.copyOf(ends));
        if (!moments.isEmpty() && moments.getLast().ends().equals(moment.ends())) {
            // Nothing was written since: whoever has all up to then has all up to now.
            moments.removeLast();
        }
        if (moments.size() == MAX_MOMENTS) {
            thinOut();
        }
        moments.add(moment);
    }

    /**
     * How long ago everything written until then was stored.
     *
     * @param stored per partition, the first offset that is not stored
     * @param topics those that matter
     * @return empty when that is longer ago than the first moment noted here
     */
    public synchronized Optional<Duration> age(Map<Partition, Long> stored, Set<String> topics, Instant now) {
        for (Moment moment : moments.reversed()) {
            boolean covered = moment.ends().entrySet().stream()
                    .filter(end -> topics.contains(end.getKey().topic()))
                    .allMatch(end -> stored.getOrDefault(end.getKey(), 0L) >= end.getValue());
            if (covered) {
                Duration age = Duration.between(moment.at(), now);
                return Optional.of(age.isNegative() ? Duration.ZERO : age);
            }
        }
        return Optional.empty();
    }

    private void thinOut() {
        List<Moment> kept = new ArrayList<>(MAX_MOMENTS);
        for (int i = 1; i < moments.size(); i += 2) {
            kept.add(moments.get(i));
        }
        moments = kept;
    }
}
