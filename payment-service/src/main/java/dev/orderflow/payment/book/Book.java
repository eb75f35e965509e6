package dev.orderflow.payment.book;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The books of the audit: what the topics say of each order on one side, what the provider says of its charges on the other.
 * An order whose sides agree and of which nothing more is due goes into the settled totals and is forgotten, so that only
 * what is open takes memory. Not safe for use by several threads.
 */
public final class Book {

    private static final int FORMAT = 2;
    private static final int WITHOUT_ENDED = 1;
    private static final long NONE_YET = Long.MAX_VALUE;
    private static final int SHOWN_IN_FLIGHT = 20;
    private static final int SHOWN_DIFFERING = 1_000;

    private final Patience patience;
    private final boolean beginsLate;
    private final Map<String, OrderRow> rows = new HashMap<>();
    private final EndedOrders ended = new EndedOrders();
    private final Map<String, Totals> settled = new TreeMap<>();
    private Totals unjudged = Totals.NONE;
    private long listed;
    private long firstMatched = NONE_YET;
    private Instant logReadAt = Instant.EPOCH;
    private Instant listReadAt = Instant.EPOCH;

    /**
     * Empty books.
     *
     * @param beginsLate whether the topics have lost their beginning already, so that old charges have no order in them
     */
    public Book(Patience patience, boolean beginsLate) {
        this.patience = patience;
        this.beginsLate = beginsLate;
    }

    /** Takes one thing that was read. */
    public void add(Entry entry, Instant now) {
        if (!rows.containsKey(entry.orderId()) && ended.isRepeated(entry)) {
            return;
        }
        OrderRow row = rows.computeIfAbsent(entry.orderId(), id -> new OrderRow(id, now));
        row.add(entry, now);
        if (entry instanceof Entry.Listed seen) {
            long ordinal = listed++;
            row.charges.stream().filter(line -> line.key.equals(seen.key())).forEach(line -> line.ordinal = ordinal);
        }
    }

    /** All that the topics had at this time has been taken. */
    public void logRead(Instant at) {
        logReadAt = at;
    }

    /** All that the provider's list had at this time has been taken. */
    public void listRead(Instant at) {
        listReadAt = at;
    }

    /**
     * Charges whose newest standing is to be asked for by key, because the list tells of a charge once. Those that were
     * never asked for come first, then those that were not for longest, so that each has its turn.
     *
     * @param most at most so many
     */
    public List<Question> questions(Instant now, int most) {
        List<Open> open = new ArrayList<>();
        for (OrderRow row : rows.values()) {
            for (ChargeLine line : row.charges) {
                if (isOpen(row, line) && !line.askedAt.plus(patience.ask()).isAfter(now)) {
                    open.add(new Open(row.orderId, line));
                }
            }
        }
        open.sort(Open.LONGEST_UNASKED_FIRST);
        List<Question> questions = new ArrayList<>();
        for (Open asked : open.subList(0, Math.min(most, open.size()))) {
            asked.line.askedAt = now;
            questions.add(new Question(asked.orderId, asked.line.key));
        }
        return questions;
    }

    /** A charge to ask the provider about. */
    public record Question(String orderId, String key) {}

    private record Open(String orderId, ChargeLine line) {

        static final Comparator<Open> LONGEST_UNASKED_FIRST =
                Comparator.<Open, Instant>comparing(open -> open.line.askedAt).thenComparing(open -> open.line.since);
    }

    private boolean isOpen(OrderRow row, ChargeLine line) {
        if (!line.listed && !line.before) {
            // The list may still bring it.
            return listReadAt.isAfter(line.since);
        }
        return switch (line.standing) {
            case PENDING -> true;
            case CAPTURED -> row.undoing || Judgement.of(row).isPresent();
            case REFUNDED, DECLINED -> false;
        };
    }

    /** What the provider answered about a charge; empty when it has never seen it. */
    public void answer(Question question, Optional<Entry.Listed> answer) {
        OrderRow row = rows.get(question.orderId());
        if (row == null) {
            return;
        }
        for (ChargeLine line : row.charges) {
            if (!line.key.equals(question.key())) {
                continue;
            }
            line.missing = answer.isEmpty();
            answer.ifPresent(seen -> {
                // What the list has told before this row was opened is in the settled totals.
                line.before = !line.listed;
                OrderRow.seen(line, seen);
            });
        }
    }

    /** Forgets the orders of which both sides agree and nothing more is due. */
    public void settle(Instant now) {
        Instant quiet = now.minus(patience.quiet());
        Iterator<OrderRow> all = rows.values().iterator();
        while (all.hasNext()) {
            OrderRow row = all.next();
            // What led to a fact was written before it: once the topics are read to their ends, nothing of it is
            // missing.
            boolean whole = row.changedAt.isBefore(logReadAt) && row.changedAt.isBefore(quiet);
            if (whole && isSettled(row, now)) {
                settled.merge(row.effectiveCurrency(), counted(row), Totals::plus);
                if (row.stage() != Stage.UNKNOWN) {
                    row.charges.stream()
                            .filter(line -> line.ordinal >= 0)
                            .forEach(line -> firstMatched = Math.min(firstMatched, line.ordinal));
                }
                if (row.paidBack || row.cancelled) {
                    ended.add(row.orderId, now);
                }
                all.remove();
            } else if (isOlderThanTheLog(row)) {
                unjudged = unjudged.plus(Totals.of(row));
                all.remove();
            }
        }
    }

    /** Orders are counted where they end; what comes later of the same order is none of its own. */
    private static Totals counted(OrderRow row) {
        Totals totals = Totals.of(row);
        boolean first = row.completed || row.cancelled;
        return new Totals(first ? 1 : 0, totals.captured(), totals.refunded(), totals.value());
    }

    private boolean isSettled(OrderRow row, Instant now) {
        if (Judgement.of(row).isPresent() || row.kept() != row.value()) {
            return false;
        }
        if (row.charges.stream().anyMatch(line -> !isDecided(line))) {
            return false;
        }
        return switch (row.stage()) {
            case COMPLETED ->
                !row.undoing || row.changedAt.plus(patience.grace()).isBefore(now);
            case CANCELLED, REFUNDED -> true;
            case UNKNOWN -> row.changedAt.plus(patience.grace()).isBefore(now) && logReadAt.isAfter(row.changedAt);
            case ACCEPTED, CONFIRMED -> false;
        };
    }

    private static boolean isDecided(ChargeLine line) {
        return (line.listed || line.before) && line.standing != Standing.PENDING;
    }

    private boolean isOlderThanTheLog(OrderRow row) {
        return disagrees(row) && (isWithoutItsBeginning(row) || isListedBeforeTheLog(row));
    }

    /** Topics lose their beginnings at different moments, so that only the end of an order may be left. */
    private boolean isWithoutItsBeginning(OrderRow row) {
        return beginsLate && row.lacksItsBeginning() && !isWrongWhateverItWasWorth(row);
    }

    private static boolean isWrongWhateverItWasWorth(OrderRow row) {
        return Judgement.of(row).equals(Optional.of(Fault.CHARGED_TWICE))
                || (row.paidBack && row.charges.stream().anyMatch(ChargeLine::stands));
    }

    /** Charges are listed in their order: what stands before the first one that has an order is older than the topics. */
    private boolean isListedBeforeTheLog(OrderRow row) {
        return beginsLate
                && firstMatched != NONE_YET
                && row.stage() == Stage.UNKNOWN
                && !row.undoing
                && row.charges.stream().allMatch(line -> line.ordinal >= 0 && line.ordinal < firstMatched);
    }

    private boolean isDiffering(OrderRow row) {
        boolean maybeOld = beginsLate && firstMatched == NONE_YET && row.stage() == Stage.UNKNOWN;
        return !maybeOld && !isWithoutItsBeginning(row) && disagrees(row);
    }

    /** Whether both sides were read long enough after the last change of a row, and are not the same. */
    private boolean disagrees(OrderRow row) {
        Instant due = row.changedAt.plus(patience.grace());
        return due.isBefore(logReadAt)
                && due.isBefore(listReadAt)
                && Judgement.of(row).isPresent();
    }

    /** How many orders are open. */
    public int open() {
        return rows.size();
    }

    /** Where the money is now. */
    public BookReport report(Instant now) {
        Map<String, BookReport.Currency> currencies = new TreeMap<>();
        settled.forEach((currency, totals) ->
                currencies.put(currency, new BookReport.Currency(totals, Totals.NONE, Totals.NONE)));
        List<OrderRow> late = new ArrayList<>();
        List<OrderRow> punctual = new ArrayList<>();
        Instant oldest = null;
        List<BookReport.Line> differing = new ArrayList<>();
        List<OrderRow> oldestFirst = new ArrayList<>(rows.values());
        oldestFirst.sort(Comparator.comparing(row -> row.since));
        for (OrderRow row : oldestFirst) {
            Totals totals = Totals.of(row);
            BookReport.Currency before = currencies.getOrDefault(row.effectiveCurrency(), BookReport.Currency.NONE);
            if (isDiffering(row)) {
                currencies.put(
                        row.effectiveCurrency(),
                        new BookReport.Currency(
                                before.settled(),
                                before.inFlight(),
                                before.differing().plus(totals)));
                if (differing.size() < SHOWN_DIFFERING) {
                    differing.add(Lines.differing(row, Judgement.of(row).orElseThrow()));
                }
            } else {
                currencies.put(
                        row.effectiveCurrency(),
                        new BookReport.Currency(
                                before.settled(), before.inFlight().plus(totals), before.differing()));
                oldest = oldest == null ? row.since : oldest;
                (isLate(row, now) ? late : punctual).add(row);
            }
        }
        List<BookReport.Line> shown = Stream.concat(late.stream(), punctual.stream())
                .limit(SHOWN_IN_FLIGHT)
                .map(Lines::inFlight)
                .toList();
        return new BookReport(currencies, oldest, shown, late.size(), differing, unjudged);
    }

    private boolean isLate(OrderRow row, Instant now) {
        return row.since.isBefore(now.minus(patience.late())) && isWaitedFor(row);
    }

    /** Dispatch takes as long as it takes; all else should be over soon. */
    private static boolean isWaitedFor(OrderRow row) {
        return row.stage() != Stage.CONFIRMED || row.undoing;
    }

    /** Writes everything down, for {@link #read}. */
    public void write(DataOutputStream out) throws IOException {
        out.writeInt(FORMAT);
        out.writeBoolean(beginsLate);
        out.writeLong(listed);
        out.writeLong(firstMatched);
        write(unjudged, out);
        out.writeInt(settled.size());
        for (Map.Entry<String, Totals> entry : settled.entrySet()) {
            Text.write(out, entry.getKey());
            write(entry.getValue(), out);
        }
        out.writeInt(rows.size());
        for (OrderRow row : rows.values()) {
            row.write(out);
        }
        ended.write(out);
    }

    /**
     * Books as they were written down.
     *
     * @throws IOException when these are none
     */
    public static Book read(DataInputStream in, Patience patience) throws IOException {
        int format = in.readInt();
        if (format != FORMAT && format != WITHOUT_ENDED) {
            throw new IOException("Books of the format " + format + " are not understood, but " + FORMAT);
        }
        Book book = new Book(patience, in.readBoolean());
        book.listed = in.readLong();
        book.firstMatched = in.readLong();
        book.unjudged = totals(in);
        for (int left = in.readInt(); left > 0; left--) {
            book.settled.put(Text.read(in), totals(in));
        }
        for (int left = in.readInt(); left > 0; left--) {
            OrderRow row = OrderRow.read(in);
            book.rows.put(row.orderId, row);
        }
        if (format == FORMAT) {
            book.ended.read(in);
        }
        return book;
    }

    private static void write(Totals totals, DataOutputStream out) throws IOException {
        out.writeLong(totals.orders());
        out.writeLong(totals.captured());
        out.writeLong(totals.refunded());
        out.writeLong(totals.value());
    }

    private static Totals totals(DataInputStream in) throws IOException {
        return new Totals(in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }
}
