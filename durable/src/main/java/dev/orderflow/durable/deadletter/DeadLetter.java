package dev.orderflow.durable.deadletter;

import dev.orderflow.durable.runtime.Origin;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What a service has set aside, without its content.
 *
 * @param time when it was set aside
 * @param written the record's own time; where that is not known, when it was set aside
 * @param origin where it was read first; for what was no record, the kind of thing it was in place of the topic, and offset -1
 * @param key of the record, as a text; null where it has none
 * @param reason why, and often what to do
 */
public record DeadLetter(
        DeadLetterId id,
        Instant time,
        Instant written,
        Origin origin,
        @Nullable String key,
        String reason) {

    /** The newest first; of those of one moment, in an order that is always the same. */
    static final Comparator<DeadLetter> NEWEST_FIRST = Comparator.comparing(DeadLetter::time)
            .reversed()
            .thenComparing(letter -> letter.id().service())
            .thenComparing(letter -> letter.id().partition())
            .thenComparing(letter -> letter.id().offset(), Comparator.reverseOrder());

    /** Whether it was a record: only a record can be sent again. */
    public boolean isRecord() {
        return origin.offset() >= 0;
    }
}
