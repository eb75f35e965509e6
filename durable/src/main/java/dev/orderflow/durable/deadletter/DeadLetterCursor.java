package dev.orderflow.durable.deadletter;

import dev.orderflow.durable.runtime.Origin;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** A place in the list of all dead letters, newest first. */
public record DeadLetterCursor(Instant time, DeadLetterId id) {

    private static final char SEPARATOR = '~';

    static DeadLetterCursor behind(DeadLetter letter) {
        return new DeadLetterCursor(letter.time(), letter.id());
    }

    /** The place that {@link #toString} has written down; empty where it is none. */
    public static Optional<DeadLetterCursor> parse(String text) {
        int end = text.indexOf(SEPARATOR);
        if (end < 0) {
            return Optional.empty();
        }
        try {
            Instant time = Instant.ofEpochMilli(Long.parseLong(text.substring(0, end)));
            return DeadLetterId.parse(text.substring(end + 1)).map(id -> new DeadLetterCursor(time, id));
        } catch (NumberFormatException | DateTimeException noTime) {
            return Optional.empty();
        }
    }

    /** Whether this dead letter comes behind this place. */
    boolean isBefore(DeadLetter letter) {
        DeadLetter here = new DeadLetter(id, time, time, new Origin("", 0, 0), null, "");
        return DeadLetter.NEWEST_FIRST.compare(here, letter) < 0;
    }

    @Override
    public String toString() {
        return Long.toString(time.toEpochMilli()) + SEPARATOR + id;
    }
}
