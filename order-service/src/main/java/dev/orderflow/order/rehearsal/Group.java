package dev.orderflow.order.rehearsal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Orders that differ in the same way: in the same values of the same records. For one thread. */
public final class Group {

    private static final int EXAMPLES = 5;

    private final List<String> examples = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private long orders;

    /**
     * A record that differs in all of them.
     *
     * @param first the difference of the first order
     * @param values the values that differ, by place
     */
    public record Line(Difference first, SequencedMap<String, Spread> values) {}

    void add(String orderId, List<Difference> differences) {
        orders++;
        if (examples.size() < EXAMPLES) {
            examples.add(orderId);
        }
        for (int i = 0; i < differences.size(); i++) {
            if (i == lines.size()) {
                lines.add(new Line(differences.get(i), new LinkedHashMap<>()));
            }
            SequencedMap<String, Spread> values = lines.get(i).values();
            if (differences.get(i) instanceof Difference.Changed changed) {
                changed.changes()
                        .forEach(change -> values.computeIfAbsent(change.place(), _ -> new Spread())
                                .add(change));
            }
        }
    }

    /** How many. */
    public long orders() {
        return orders;
    }

    /** The ids of the first few. */
    public List<String> examples() {
        return List.copyOf(examples);
    }

    /** The records that differ, in the order of an order's life. */
    public List<Line> lines() {
        return List.copyOf(lines);
    }
}
