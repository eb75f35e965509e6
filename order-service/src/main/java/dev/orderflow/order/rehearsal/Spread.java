package dev.orderflow.order.rehearsal;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The changes of one value in the orders of a group: some of them, and whether there are more. For one thread. */
public final class Spread {

    private static final int MOST = 3;

    /** One change, as far as it is different from others. */
    public record Change(Optional<String> recorded, Optional<String> rehearsed) {}

    private final Set<Change> seen = new LinkedHashSet<>();
    private boolean more;

    void add(FieldChange change) {
        Change values = new Change(
                change.recorded().map(Value::text), change.rehearsed().map(Value::text));
        if (seen.size() < MOST) {
            seen.add(values);
        } else if (!seen.contains(values)) {
            more = true;
        }
    }

    /** The first three different ones. */
    public List<Change> examples() {
        return List.copyOf(seen);
    }

    /** Whether there are others. */
    public boolean hasMore() {
        return more;
    }
}
