package dev.orderflow.durable.deadletter;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Some dead letters, the newest first.
 *
 * @param sentAgain when each of them was sent again the last time, of those that were
 * @param more whether there are older ones
 */
public record DeadLetterPage(List<DeadLetter> letters, Map<DeadLetterId, Instant> sentAgain, boolean more) {

    public DeadLetterPage {
        letters = List.copyOf(letters);
        sentAgain = Map.copyOf(sentAgain);
    }

    /** Where the next page begins: behind the last one of this. */
    public Optional<DeadLetterCursor> next() {
        return more ? Optional.of(DeadLetterCursor.behind(letters.getLast())) : Optional.empty();
    }
}
