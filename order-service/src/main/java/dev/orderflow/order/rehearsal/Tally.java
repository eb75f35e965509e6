package dev.orderflow.order.rehearsal;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What came of the rehearsal of many orders. Holds groups, and no orders. For one thread. */
public final class Tally {

    /** More ways of differing are counted together: nobody reads them, and each takes memory. */
    static final int MOST_GROUPS = 1_000;

    private final Map<String, Group> groups = new HashMap<>();
    private final Map<NotJudged, Long> notJudged = new EnumMap<>(NotJudged.class);
    private long same;
    private long renumbered;
    private long differing;
    private long ungrouped;
    private long messages;

    /** Counts an order. */
    public void add(String orderId, Verdict verdict) {
        switch (verdict) {
            case Verdict.Same(int replayed, boolean withOtherNumbers) -> {
                same++;
                messages += replayed;
                if (withOtherNumbers) {
                    renumbered++;
                }
            }
            case Verdict.Differs(int replayed, List<Difference> differences) -> {
                differing++;
                messages += replayed;
                group(orderId, differences);
            }
            case Verdict.Unknown(NotJudged reason) -> notJudged.merge(reason, 1L, Long::sum);
        }
    }

    private void group(String orderId, List<Difference> differences) {
        String shape = differences.stream().map(Difference::shape).collect(Collectors.joining("\n"));
        Group group = groups.get(shape);
        if (group == null) {
            if (groups.size() >= MOST_GROUPS) {
                ungrouped++;
                return;
            }
            group = new Group();
            groups.put(shape, group);
        }
        group.add(orderId, differences);
    }

    /** Orders that were replayed and compared. */
    public long orders() {
        return same + differing;
    }

    /** Records that were replayed. */
    public long messages() {
        return messages;
    }

    /** Orders of which nothing would differ. */
    public long same() {
        return same;
    }

    /** Those among them whose records would have other numbers. */
    public long renumbered() {
        return renumbered;
    }

    /** Orders of which something would differ. */
    public long differing() {
        return differing;
    }

    /** Those among them that are in no group, since there are too many. */
    public long ungrouped() {
        return ungrouped;
    }

    /** How many were not judged, and why. */
    public Map<NotJudged, Long> notJudged() {
        return new EnumMap<>(notJudged);
    }

    /** The groups, the largest first. */
    public List<Group> groups() {
        return groups.values().stream()
                .sorted(Comparator.comparingLong(Group::orders)
                        .reversed()
                        .thenComparing(group -> group.examples().getFirst()))
                .toList();
    }
}
