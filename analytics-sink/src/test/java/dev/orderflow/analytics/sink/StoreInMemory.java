package dev.orderflow.analytics.sink;

import dev.orderflow.analytics.batch.Fact;
import dev.orderflow.analytics.batch.OffsetRange;
import dev.orderflow.analytics.batch.OrderProgress;
import dev.orderflow.analytics.batch.Partition;
import dev.orderflow.analytics.batch.RevenueEntry;
import dev.orderflow.analytics.batch.RevenueEntry.Kind;
import dev.orderflow.analytics.batch.RevenueStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A store that forgets nothing and can be told to fail. Its key is that of the real table. */
final class StoreInMemory implements RevenueStore {

    record Key(Instant hour, String orderId, Kind kind) {}

    /** When something happens to a call. */
    enum Moment {
        BEFORE,
        AFTER
    }

    /** Ends the process, as far as a test is concerned: from then on every call of the store fails. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1;
    }

    final Map<Key, RevenueEntry> entries = new HashMap<>();
    final Map<String, OrderProgress> progress = new HashMap<>();
    final Map<Partition, Long> positions = new TreeMap<>();
    final List<String> calls = new ArrayList<>();
    final Deque<RuntimeException> failures = new ArrayDeque<>();
    int crashAtCall = Integer.MAX_VALUE;
    Moment crashMoment = Moment.BEFORE;

    /** Lets another process use it. */
    void revive() {
        crashAtCall = Integer.MAX_VALUE;
    }

    @Override
    public void prepare() {
        run("prepare", () -> {});
    }

    @Override
    public Map<Partition, Long> positions(Set<Partition> partitions) {
        Map<Partition, Long> found = new HashMap<>(positions);
        found.keySet().retainAll(partitions);
        run("positions", () -> {});
        return found;
    }

    @Override
    public void store(OffsetRange range, List<Fact> stored) {
        run("store " + range.token(), () -> stored.forEach(this::put));
    }

    private void put(Fact fact) {
        switch (fact) {
            case RevenueEntry entry ->
                entries.put(
                        new Key(entry.eventTime().truncatedTo(ChronoUnit.HOURS), entry.orderId(), entry.kind()), entry);
            case OrderProgress order ->
                progress.merge(
                        order.orderId(),
                        order,
                        (before, after) -> after.sequence() >= before.sequence() ? after : before);
        }
    }

    @Override
    public void advance(Collection<OffsetRange> ranges) {
        run(
                "advance " + ranges.stream().map(OffsetRange::token).sorted().toList(),
                () -> ranges.forEach(range -> positions.merge(range.partition(), range.next(), Math::max)));
    }

    private void run(String call, Runnable effect) {
        RuntimeException failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
        calls.add(call);
        if (calls.size() > crashAtCall) {
            throw new Crash();
        }
        boolean crash = calls.size() == crashAtCall;
        if (crash && crashMoment == Moment.BEFORE) {
            throw new Crash();
        }
        effect.run();
        if (crash) {
            throw new Crash();
        }
    }
}
