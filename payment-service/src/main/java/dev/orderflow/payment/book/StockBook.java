package dev.orderflow.payment.book;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The stock of every shelf by two accounts: the counts that inventory shows, and the sum of the adjustments that were sent
 * and not refused. Takes memory by shelf, and 31 days long for each adjustment. Not safe for use by several threads.
 */
public final class StockBook {

    private static final int FORMAT = 1;
    private static final int SHOWN = 1_000;
    /** Longer than adjustments stay in their topic. */
    private static final Duration REMEMBERED = Duration.ofDays(31);

    private final Patience patience;
    private final boolean complete;
    private final Map<Key, Shelf> shelves = new HashMap<>();
    /** In the order in which they were sent first. */
    private final LinkedHashMap<Adjustment, Seen> adjustments = new LinkedHashMap<>();

    private Instant readAt = Instant.EPOCH;
    private Instant sweptAt = Instant.EPOCH;

    private record Key(String location, String productId) {}

    /** An adjustment with all of its content: another one under the same id is refused, and does not count. */
    public record Adjustment(String location, String productId, long delta, String id) {}

    private static final class Shelf {
        Instant adjustedAt = Instant.EPOCH;
        Instant viewedAt = Instant.EPOCH;
        /** Since when the counts are not the sum of the adjustments; null while they are. */
        @Nullable
        Instant lackingSince;

        boolean viewed;
        long onHand;
        long reserved;
        long committed;
        long said;
        long adjusted;

        long sum() {
            return onHand + reserved + committed;
        }

        void compare(Instant now) {
            if (sum() == adjusted) {
                lackingSince = null;
            } else if (lackingSince == null) {
                lackingSince = now;
            }
        }
    }

    private static final class Seen {
        Instant at = Instant.EPOCH;
        int sent;
        int refused;

        boolean counts() {
            return sent > refused;
        }
    }

    /**
     * Empty books.
     *
     * @param complete whether the topic of adjustments still has its beginning
     */
    public StockBook(Patience patience, boolean complete) {
        this.patience = patience;
        this.complete = complete;
    }

    /** {@code stock.view}: the counts of a shelf. */
    public void viewed(
            String location, String productId, long onHand, long reserved, long committed, long said, Instant now) {
        Shelf shelf = shelf(location, productId);
        shelf.viewedAt = now;
        shelf.viewed = true;
        shelf.onHand = onHand;
        shelf.reserved = reserved;
        shelf.committed = committed;
        shelf.said = said;
        shelf.compare(now);
    }

    /** {@code stock.adjustments}: the same one may be there more than once, and counts once. */
    public void sent(Adjustment adjustment, Instant now) {
        change(adjustment, now, 1, 0);
    }

    /** Inventory's dead letters: it was refused. */
    public void refused(Adjustment adjustment, Instant now) {
        change(adjustment, now, 0, 1);
    }

    private void change(Adjustment adjustment, Instant now, int sent, int refused) {
        Seen seen = adjustments.computeIfAbsent(adjustment, _ -> new Seen());
        boolean before = seen.counts();
        seen.at = now;
        seen.sent += sent;
        seen.refused += refused;
        Shelf shelf = shelf(adjustment.location(), adjustment.productId());
        if (before != seen.counts()) {
            if (seen.counts()) {
                // Refused before and sent again now: what inventory has not taken yet are the newest.
                adjustments.putLast(adjustment, seen);
            }
            shelf.adjustedAt = now;
            shelf.adjusted += before ? -adjustment.delta() : adjustment.delta();
            shelf.compare(now);
        }
    }

    private Shelf shelf(String location, String productId) {
        return shelves.computeIfAbsent(new Key(location, productId), _ -> new Shelf());
    }

    /** All that the topics had at this time has been taken. */
    public void logRead(Instant at) {
        readAt = at;
        if (sweptAt.plus(Duration.ofHours(1)).isBefore(at)) {
            sweptAt = at;
            adjustments.values().removeIf(seen -> seen.at.plus(REMEMBERED).isBefore(at));
        }
    }

    /** Where the pieces are now. */
    public StockReport report() {
        long onHand = 0;
        long reserved = 0;
        long committed = 0;
        long adjusted = 0;
        List<StockReport.Shelf> differing = new ArrayList<>();
        Map<Key, Untaken> untaken = untaken();
        Map<String, Key> inOrder = new TreeMap<>();
        shelves.keySet().forEach(key -> inOrder.put(key.location() + "/" + key.productId(), key));
        for (Key key : inOrder.values()) {
            Shelf shelf = shelf(key.location(), key.productId());
            onHand += shelf.onHand;
            reserved += shelf.reserved;
            committed += shelf.committed;
            adjusted += complete ? shelf.adjusted : shelf.said;
            Optional<ShelfFault> fault = fault(shelf, untaken.get(key));
            if (fault.isPresent() && differing.size() < SHOWN) {
                differing.add(new StockReport.Shelf(
                        key.location(),
                        key.productId(),
                        shelf.viewedAt,
                        fault.get().meaning(),
                        fault.get().remedy(),
                        shelf.onHand,
                        shelf.reserved,
                        shelf.committed,
                        complete ? shelf.adjusted : shelf.said));
            }
        }
        return new StockReport(shelves.size(), onHand, reserved, committed, adjusted, complete, differing);
    }

    private Optional<ShelfFault> fault(Shelf shelf, @Nullable Untaken untaken) {
        if (shelf.onHand < 0 || shelf.reserved < 0 || shelf.committed < 0) {
            return Optional.of(ShelfFault.BELOW_ZERO);
        }
        if (shelf.viewed && shelf.sum() != shelf.said) {
            return Optional.of(ShelfFault.UNLIKE_ITS_VIEW);
        }
        if (untaken == null) {
            return Optional.empty();
        }
        if (!untaken.isAll()) {
            return Optional.of(ShelfFault.UNLIKE_THE_ADJUSTMENTS);
        }
        // Inventory is behind, or down: whoever corrected the stock now would have it adjusted twice.
        return untaken.since().plus(patience.late()).isBefore(readAt)
                ? Optional.of(ShelfFault.NOT_TAKEN)
                : Optional.empty();
    }

    /** What the shelves that are not the sum of their adjustments lack. */
    private Map<Key, Untaken> untaken() {
        Map<Key, Untaken> lacking = new HashMap<>();
        shelves.forEach((key, shelf) -> {
            if (complete && shelf.lackingSince != null && isDue(shelf)) {
                lacking.put(key, new Untaken(shelf.adjusted - shelf.sum(), shelf.lackingSince));
            }
        });
        if (lacking.isEmpty()) {
            return lacking;
        }
        for (Map.Entry<Adjustment, Seen> newestFirst :
                adjustments.sequencedEntrySet().reversed()) {
            Adjustment adjustment = newestFirst.getKey();
            Untaken untaken = lacking.get(new Key(adjustment.location(), adjustment.productId()));
            if (untaken != null && newestFirst.getValue().counts()) {
                untaken.older(adjustment.delta());
            }
        }
        return lacking;
    }

    /** An adjustment is on its way to the view for a moment; reservations never change the sum. */
    private boolean isDue(Shelf shelf) {
        return shelf.adjustedAt.plus(patience.grace()).isBefore(readAt);
    }

    /** Writes everything down, for {@link #read}. */
    public void write(DataOutputStream out) throws IOException {
        out.writeInt(FORMAT);
        out.writeBoolean(complete);
        out.writeInt(shelves.size());
        for (Map.Entry<Key, Shelf> entry : shelves.entrySet()) {
            Shelf shelf = entry.getValue();
            Text.write(out, entry.getKey().location());
            Text.write(out, entry.getKey().productId());
            out.writeLong(shelf.adjustedAt.toEpochMilli());
            out.writeLong(shelf.viewedAt.toEpochMilli());
            out.writeBoolean(shelf.viewed);
            out.writeLong(shelf.onHand);
            out.writeLong(shelf.reserved);
            out.writeLong(shelf.committed);
            out.writeLong(shelf.said);
            out.writeLong(shelf.adjusted);
        }
        out.writeInt(adjustments.size());
        for (Map.Entry<Adjustment, Seen> entry : adjustments.entrySet()) {
            Adjustment adjustment = entry.getKey();
            Text.write(out, adjustment.location());
            Text.write(out, adjustment.productId());
            out.writeLong(adjustment.delta());
            Text.write(out, adjustment.id());
            out.writeLong(entry.getValue().at.toEpochMilli());
            out.writeInt(entry.getValue().sent);
            out.writeInt(entry.getValue().refused);
        }
    }

    /**
     * Books as they were written down.
     *
     * @throws IOException when these are none
     */
    public static StockBook read(DataInputStream in, Patience patience) throws IOException {
        int format = in.readInt();
        if (format != FORMAT) {
            throw new IOException("Stock books of the format " + format + " are not understood, but " + FORMAT);
        }
        StockBook book = new StockBook(patience, in.readBoolean());
        for (int left = in.readInt(); left > 0; left--) {
            Shelf shelf = book.shelf(Text.read(in), Text.read(in));
            shelf.adjustedAt = Instant.ofEpochMilli(in.readLong());
            shelf.viewedAt = Instant.ofEpochMilli(in.readLong());
            shelf.viewed = in.readBoolean();
            shelf.onHand = in.readLong();
            shelf.reserved = in.readLong();
            shelf.committed = in.readLong();
            shelf.said = in.readLong();
            shelf.adjusted = in.readLong();
            shelf.compare(shelf.adjustedAt.isAfter(shelf.viewedAt) ? shelf.adjustedAt : shelf.viewedAt);
        }
        for (int left = in.readInt(); left > 0; left--) {
            Adjustment adjustment = new Adjustment(Text.read(in), Text.read(in), in.readLong(), Text.read(in));
            Seen seen = new Seen();
            seen.at = Instant.ofEpochMilli(in.readLong());
            seen.sent = in.readInt();
            seen.refused = in.readInt();
            book.adjustments.put(adjustment, seen);
        }
        return book;
    }
}
