package dev.orderflow.order.rehearsal;

import java.util.List;

/** What came of the rehearsal of one order. */
public sealed interface Verdict {

    /**
     * This build sends the same.
     *
     * @param messages how many records were replayed
     * @param renumbered whether some would have another number ({@code ce_id}), since more or fewer views were written
     */
    record Same(int messages, boolean renumbered) implements Verdict {}

    /**
     * This build sends something else.
     *
     * @param messages how many records were replayed
     * @param differences at least one, in the order of the order's life
     */
    record Differs(int messages, List<Difference> differences) implements Verdict {
        public Differs {
            differences = List.copyOf(differences);
        }
    }

    /** Nothing can be said. */
    record Unknown(NotJudged reason) implements Verdict {}
}
