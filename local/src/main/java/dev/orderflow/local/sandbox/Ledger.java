package dev.orderflow.local.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeMap;

/**
 * The books of the provider: one key is charged once and keeps its verdict, one charge is paid back once. Everything is in
 * a file of JSON lines; in memory is only where each charge stands in it. Safe for use by several threads.
 */
final class Ledger implements AutoCloseable {

    private static final String CHARGE_PREFIX = "ch_";
    private static final String REFUND_PREFIX = "re_";
    private static final int MARK_BITS = 3;
    private static final long MARK = (1 << MARK_BITS) - 1;

    private final LedgerFile file;
    /** By key, the offset of its charge and, in the lowest bits, what has become of it. */
    private final LongIndex charges = new LongIndex();
    /** By order, how many charges were captured for it. */
    private final LongIndex orders = new LongIndex();

    /** Where the charges begin that wait for a person. */
    private final SequencedSet<Long> waiting = new LinkedHashSet<>();

    private final Map<String, Sums> sums = new TreeMap<>();
    private long declined;
    private long doubled;

    /** Totals of one currency, in minor units. */
    static final class Sums {
        long captures;
        long captured;
        long refunds;
        long refunded;
    }

    /** A part of the list of charges. */
    record Page(List<Charge> charges, long next, boolean hasMore) {}

    private Ledger(LedgerFile file) {
        this.file = file;
    }

    /** Opens the ledger in a file, with all that was written there before. */
    static Ledger open(Path path) throws IOException {
        LedgerFile file = LedgerFile.open(path);
        Ledger ledger = new Ledger(file);
        try {
            file.replay(ledger::replay);
        } catch (IOException | RuntimeException failure) {
            file.close();
            throw failure;
        }
        return ledger;
    }

    private void replay(byte[] line, long offset) throws IOException {
        if (isCharge(line)) {
            note(Charge.read(line), offset);
            return;
        }
        Members members = Members.of(line);
        String refunded = members.text("refund", "");
        String id = refunded.isEmpty() ? members.required("decided") : refunded;
        Charge charge = find(id).orElseThrow(() -> new IOException("A line about a charge that is not there: " + id));
        if (refunded.isEmpty()) {
            noteVerdict(charge, Standing.valueOf(members.required("verdict")));
        } else {
            noteRefund(charge);
        }
    }

    private static boolean isCharge(byte[] line) {
        return new String(line, 0, Math.min(line.length, 6), StandardCharsets.UTF_8).startsWith("{\"key\"");
    }

    /** The charge with this key. */
    synchronized Optional<Charge> byKey(String key) {
        long number =
                charges.find(Hash.of(key), candidate -> read(candidate).key().equals(key));
        return number < 0 ? Optional.empty() : Optional.of(read(number));
    }

    /**
     * Charges a key for the first time.
     *
     * @param declinedFor why not; empty to capture
     */
    synchronized Charge charge(String key, String orderId, long amount, String currency, String declinedFor) {
        return enter(key, orderId, amount, currency, declinedFor, false);
    }

    /** Notes a charge that waits for a person. */
    synchronized Charge await(String key, String orderId, long amount, String currency) {
        return enter(key, orderId, amount, currency, "", true);
    }

    private Charge enter(
            String key, String orderId, long amount, String currency, String declinedFor, boolean pending) {
        String chargeId = CHARGE_PREFIX + Long.toHexString(file.end());
        Charge charge = new Charge(key, chargeId, orderId, amount, currency, declinedFor, pending, false);
        long offset = file.end();
        file.append(charge.toJson());
        note(charge, offset);
        return charge;
    }

    /** The charge with this id. */
    synchronized Optional<Charge> find(String chargeId) {
        if (!chargeId.startsWith(CHARGE_PREFIX)) {
            return Optional.empty();
        }
        try {
            long offset = Long.parseLong(chargeId, CHARGE_PREFIX.length(), chargeId.length(), 16);
            if (offset < 0 || charges.size() == 0 || !beginsLine(offset)) {
                return Optional.empty();
            }
            byte[] line = file.lineAt(offset);
            return isCharge(line) && Charge.read(line).chargeId().equals(chargeId)
                    ? byKey(Charge.read(line).key())
                    : Optional.empty();
        } catch (NumberFormatException | IOException notOurs) {
            return Optional.empty();
        }
    }

    /** Whether a line begins here: ids come from outside, and may be made up. */
    private boolean beginsLine(long offset) {
        return offset == 0 || (offset < file.end() && file.lineAt(offset - 1).length == 0);
    }

    /**
     * Ends the waiting of a charge; one that does not wait stays as it is.
     *
     * @return as it stands now
     */
    synchronized Charge decide(Charge charge, Standing verdict) {
        Charge present = byKey(charge.key()).orElseThrow();
        if (!present.pending()) {
            return present;
        }
        file.append(("{\"decided\":\"" + charge.chargeId() + "\",\"verdict\":\"" + verdict + "\"}")
                .getBytes(StandardCharsets.UTF_8));
        noteVerdict(present, verdict);
        return present.now(verdict);
    }

    /** The charges that wait for a person, oldest first, at most so many. */
    synchronized List<Charge> waiting(int limit) {
        return waiting.stream()
                .limit(limit)
                .map(offset -> read(offset << MARK_BITS))
                .toList();
    }

    /** Pays a captured charge back, once. */
    synchronized String refund(Charge charge) {
        if (!charge.refunded()) {
            file.append(("{\"refund\":\"" + charge.chargeId() + "\"}").getBytes(StandardCharsets.UTF_8));
            noteRefund(charge);
        }
        return REFUND_PREFIX + charge.chargeId().substring(CHARGE_PREFIX.length());
    }

    /** Charges in the order in which they were made, from an offset on. */
    synchronized Page list(long from, int limit) {
        List<Charge> page = new ArrayList<>();
        long offset = from;
        while (offset < file.end() && page.size() < limit) {
            byte[] line = file.lineAt(offset);
            if (isCharge(line)) {
                try {
                    byKey(Charge.read(line).key()).ifPresent(page::add);
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            }
            offset += line.length + 1L;
        }
        return new Page(page, offset, offset < file.end());
    }

    synchronized Map<String, Sums> sums() {
        return new TreeMap<>(sums);
    }

    synchronized long declined() {
        return declined;
    }

    /** How many orders have more than one captured charge. */
    synchronized long doubled() {
        return doubled;
    }

    synchronized int size() {
        return charges.size();
    }

    private Charge read(long number) {
        try {
            return Charge.read(file.lineAt(number >> MARK_BITS)).now(Standing.of(number & MARK));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void note(Charge charge, long offset) {
        charges.add(Hash.of(charge.key()), offset << MARK_BITS);
        if (charge.pending()) {
            waiting.add(offset);
        } else if (charge.isCaptured()) {
            noteCapture(charge);
        } else {
            declined++;
        }
    }

    private void noteCapture(Charge charge) {
        Sums sum = sums.computeIfAbsent(charge.currency(), _ -> new Sums());
        sum.captures++;
        sum.captured += charge.amount();
        long order = Hash.of(charge.orderId());
        long before = orders.find(order, _ -> true);
        if (before < 0) {
            orders.add(order, 1);
        } else {
            orders.replace(order, before, before + 1);
            if (before == 1) {
                doubled++;
            }
        }
    }

    private void noteRefund(Charge charge) {
        mark(charge, Standing.REFUNDED);
        Sums sum = sums.computeIfAbsent(charge.currency(), _ -> new Sums());
        sum.refunds++;
        sum.refunded += charge.amount();
    }

    private void noteVerdict(Charge charge, Standing verdict) {
        mark(charge, verdict);
        waiting.remove(offsetOf(charge));
        if (verdict == Standing.APPROVED) {
            noteCapture(charge.now(verdict));
        } else {
            declined++;
        }
    }

    private void mark(Charge charge, Standing standing) {
        long hash = Hash.of(charge.key());
        long offset = offsetOf(charge) << MARK_BITS;
        long before = charges.find(hash, number -> (number & ~MARK) == offset);
        charges.replace(hash, before, offset | standing.mark);
    }

    private static long offsetOf(Charge charge) {
        return Long.parseLong(charge.chargeId().substring(CHARGE_PREFIX.length()), 16);
    }

    @Override
    public synchronized void close() {
        file.close();
    }
}
