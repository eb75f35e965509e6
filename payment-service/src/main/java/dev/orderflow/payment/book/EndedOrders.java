package dev.orderflow.payment.book;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Orders that were paid back or cancelled, and forgotten. The saga repeats an undo until it is answered, so that payment may
 * answer twice: what is said again of an order that has ended is no new change of it. Kept for a while only, and so many at
 * most. Confined to its book.
 */
final class EndedOrders {

    private static final Duration KEPT = Duration.ofHours(6);
    private static final int MOST = 100_000;

    private final Map<String, Instant> endedAt = new LinkedHashMap<>();

    void add(String orderId, Instant now) {
        endedAt.remove(orderId);
        endedAt.put(orderId, now);
        Instant kept = now.minus(KEPT);
        Iterator<Instant> oldestFirst = endedAt.values().iterator();
        while (oldestFirst.hasNext() && (oldestFirst.next().isBefore(kept) || endedAt.size() > MOST)) {
            oldestFirst.remove();
        }
    }

    /** Whether this only says again what led to the end of its order. A charge never does. */
    boolean isRepeated(Entry entry) {
        return switch (entry) {
            case Entry.UndoAsked _, Entry.SaidRefunded _ -> endedAt.containsKey(entry.orderId());
            case Entry.Accepted _,
                    Entry.Confirmed _,
                    Entry.Completed _,
                    Entry.Cancelled _,
                    Entry.PaidBack _,
                    Entry.SaidCharged _,
                    Entry.Listed _ -> false;
        };
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(endedAt.size());
        for (Map.Entry<String, Instant> entry : endedAt.entrySet()) {
            Text.write(out, entry.getKey());
            out.writeLong(entry.getValue().toEpochMilli());
        }
    }

    void read(DataInputStream in) throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            endedAt.put(Text.read(in), Instant.ofEpochMilli(in.readLong()));
        }
    }
}
