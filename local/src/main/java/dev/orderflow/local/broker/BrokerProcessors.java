package dev.orderflow.local.broker;

import dev.orderflow.durable.TerminalException;
import dev.orderflow.local.process.ProcessorList;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which processors the broker's threads run on. A record goes to and fro between threads of the broker and of a service many
 * times; a kernel that knows of no cache that two processors share wakes a thread where the one that woke it still runs, and leaves
 * the other processor idle. See decision 0045.
 */
final class BrokerProcessors {

    /** The property of the embedded broker that says so; not one of Kafka's. */
    static final String PROPERTY = "processors";

    /** The wish where nobody has one. */
    static final String USUAL = "auto";

    private static final String ALL = "all";
    private static final String SETTING = "kafka.broker." + PROPERTY;

    private BrokerProcessors() {}

    /**
     * Those that the broker's threads keep to; empty for all.
     *
     * @param wish {@code auto}, {@code all} or a list such as {@code 0-2,5}
     * @param allowed what this process may run on; empty where it is not known
     * @param apart whether processors are known to share nothing
     * @throws TerminalException when the wish is none of these, or names a processor that is not known to be allowed
     */
    static Optional<ProcessorList> of(String wish, Optional<ProcessorList> allowed, Predicate<ProcessorList> apart) {
        return switch (wish) {
            case ALL -> Optional.empty();
            case USUAL ->
                allowed.filter(processors -> processors.size() == 2 && apart.test(processors))
                        .map(ProcessorList::first);
            default -> Optional.of(named(wish, allowed));
        };
    }

    private static ProcessorList named(String wish, Optional<ProcessorList> allowed) {
        ProcessorList named;
        try {
            named = ProcessorList.parse(wish);
        } catch (IllegalArgumentException none) {
            throw bad(wish, "use " + USUAL + ", " + ALL + " or numbers such as 0-2,5", none);
        }
        if (allowed.isEmpty()) {
            throw bad(wish, "processors can be chosen on Linux only; use " + USUAL + " or " + ALL, null);
        }
        if (!allowed.get().numbers().containsAll(named.numbers())) {
            throw bad(wish, "this process may run on " + allowed.get() + " only", null);
        }
        return named;
    }

    private static TerminalException bad(String wish, String remedy, @Nullable Throwable cause) {
        return new TerminalException("Setting " + SETTING + "=" + wish + " cannot be used: " + remedy + ".", cause);
    }
}
