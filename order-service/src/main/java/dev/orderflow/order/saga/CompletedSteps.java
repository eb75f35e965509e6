package dev.orderflow.order.saga;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which steps of an order are done, read off its timeline. */
public final class CompletedSteps {

    private CompletedSteps() {}

    /**
     * The steps in the order in which they were completed, each once: accept, reserve, charge, confirm, commit, dispatch,
     * and what undoes them.
     *
     * @param timeline the texts of the steps of the timeline, oldest first, see {@link Step#text}
     */
    public static List<String> of(Iterable<String> timeline) {
        Set<String> completed = new LinkedHashSet<>();
        for (String text : timeline) {
            Step.of(text).completes().ifPresent(completed::add);
        }
        return List.copyOf(completed);
    }
}
