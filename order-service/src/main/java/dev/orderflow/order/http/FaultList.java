package dev.orderflow.order.http;

import dev.orderflow.order.saga.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is wrong with a request, as it is found; no more of it than a person reads. Not thread-safe. */
final class FaultList {

    private static final int SHOWN = 100;

    private final List<Fault> faults = new ArrayList<>(0);
    private final Set<String> fields = new HashSet<>(0);
    private int more;

    void add(String field, @Nullable String value, String message) {
        add(Fault.of(field, value, message));
    }

    void add(Fault fault) {
        fields.add(fault.field());
        if (faults.size() < SHOWN) {
            faults.add(fault);
        } else {
            more++;
        }
    }

    /** Adds a fault unless something was already found about its field, or about what the field is part of. */
    void addIfNew(Fault fault) {
        for (String part = fault.field(); !part.isEmpty(); part = enclosing(part)) {
            if (fields.contains(part)) {
                return;
            }
        }
        add(fault);
    }

    boolean isEmpty() {
        return faults.isEmpty();
    }

    /** All faults; the last one says how many are not shown. */
    List<Fault> toList() {
        if (more == 0) {
            return List.copyOf(faults);
        }
        List<Fault> shown = new ArrayList<>(faults);
        shown.add(new Fault("", "", "and " + more + " more faults"));
        return List.copyOf(shown);
    }

    /** {@code items[0].price} is part of {@code items[0]}, and that of {@code items}. */
    private static String enclosing(String field) {
        int end = Math.max(field.lastIndexOf('.'), field.lastIndexOf('['));
        return end < 0 ? "" : field.substring(0, end);
    }
}
