package dev.orderflow.local.broker;

import dev.orderflow.durable.TerminalException;
import dev.orderflow.local.process.ProcessorList;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which processors the broker's threads may run on. A record comes and goes between threads of the broker and threads of a
 * service some sixty times on its way; where the kernel knows of no cache that two processors share, it wakes a thread where
 * the one that woke it still runs, and leaves the other processor idle. See decision 0045.
 */
final class BrokerProcessors {

    /** The property of the embedded broker that says so; not one of Kafka's. */
    static final String PROPERTY = "processors";

    /** The wish where nobody has one. */
    static final String USUAL = "auto";

    private static final String ALL = "all";

    private BrokerProcessors() {}

    /**
     * Those that the broker has to itself or shares; empty for all.
     *
     * @param wish {@code auto}, {@code all} or a list such as {@code 0-2,5}
     * @param allowed what this process may run on; empty where it is not known
     * @param shareCache whether the kernel knows of a cache that they share
     * @throws TerminalException when the wish is none of these, or names a processor that is not allowed
     */
    static Optional<ProcessorList> of(
            String wish, Optional<ProcessorList> allowed, Predicate<ProcessorList> shareCache) {
        return switch (wish) {
            case ALL -> Optional.empty();
            case USUAL ->
                allowed.filter(processors -> processors.size() == 2 && !shareCache.test(processors))
                        .map(ProcessorList::first);
            default -> Optional.of(named(wish, allowed));
        };
    }

    private static ProcessorList named(String wish, Optional<ProcessorList> allowed) {
        ProcessorList named;
        try {
            named = ProcessorList.parse(wish);
        } catch (IllegalArgumentException none) {
            throw new TerminalException(
                    PROPERTY + " of the broker cannot be '" + wish + "': use " + USUAL + ", " + ALL
                            + " or numbers such as 0-2,5",
                    none);
        }
        if (allowed.isPresent() && !allowed.get().numbers().containsAll(named.numbers())) {
            throw new TerminalException(PROPERTY + " of the broker cannot be '" + wish + "': this process may run on "
                    + allowed.get() + " only");
        }
        return named;
    }
}
