package dev.orderflow.order.rehearsal;

import dev.orderflow.order.saga.Money;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that was recorded of one order.
 *
 * @param inputs what the saga reads of it, in any order
 * @param sent what the saga has written of it, without views and dead letters, in any order
 * @param noted the entries of all its recorded timelines, in any order; the same ones may come several times
 * @param setAside its dead letters
 * @param redriven whether a dead letter of it was sent to the saga again
 * @param due what it was accepted for; null where it was not
 * @param dispatchDueAt when its dispatch was to end; null where that is not known
 * @param activity when the saga was at work in the partition of this order
 */
public record Recording(
        String orderId,
        List<Input> inputs,
        List<Sent> sent,
        List<Noted> noted,
        List<SetAside> setAside,
        boolean redriven,
        @Nullable Money due,
        @Nullable Instant dispatchDueAt,
        Activity activity) {

    public Recording {
        inputs = List.copyOf(inputs);
        sent = List.copyOf(sent);
        noted = List.copyOf(noted);
        setAside = List.copyOf(setAside);
    }
}
