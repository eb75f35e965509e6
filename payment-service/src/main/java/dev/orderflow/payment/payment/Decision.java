package dev.orderflow.payment.payment;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows from one message.
 *
 * @param next the payment from here on; null when its record is dropped, or there was none and is none
 * @param facts what to say, in this order
 * @param calls what to do at the provider, in this order
 * @param timers what to set and take back, in this order
 */
public record Decision(@Nullable Payment next, List<Said> facts, List<CallChange> calls, List<TimerChange> timers) {

    public Decision {
        facts = List.copyOf(facts);
        calls = List.copyOf(calls);
        timers = List.copyOf(timers);
    }

    static Decision nothing(@Nullable Payment unchanged) {
        return new Decision(unchanged, List.of(), List.of(), List.of());
    }

    /**
     * A fact, with the attempt it is about.
     *
     * @param number 1 for the first fact of this order, then 2, ...
     */
    public record Said(long number, int attempt, Fact fact) {}

    /** A change of what is under way at the provider. */
    public sealed interface CallChange {

        /** Begins a call; nothing happens when it is under way. */
        record Start(ProviderCall call) implements CallChange {}

        /** Ends a call by its key: it is not tried again, and what becomes of the present try is not reported. */
        record Stop(String key) implements CallChange {}

        /** Ends the pause of a call that waits to be tried again. */
        record RetryNow(String key) implements CallChange {}
    }

    /** A change of the timers of the order. */
    public sealed interface TimerChange {

        record Set(Wake wake, Instant due) implements TimerChange {}

        record Unset(Wake wake, Instant due) implements TimerChange {}
    }
}
