package dev.orderflow.local.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The books of the provider: one key is charged once and keeps its verdict, one charge is paid back once. Everything is in
 * a file of JSON lines; in memory is only where each charge stands in it. Safe for use by several threads.
 */
final class Ledger implements AutoCloseable {

    private static final String CHARGE_PREFIX = "ch_";
    private static final String REFUND_PREFIX = "re_";

    private final LedgerFile file;
    /** By key, twice the offset of its charge, and one more when it was paid back. */
    private final LongIndex charges = new LongIndex();
    /** By order, how many charges were captured for it. */
    private final LongIndex orders = new LongIndex();

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
        if (!isCharge(line)) {
            Charge charge = find(Members.of(line).required("refund"))
                    .orElseThrow(() -> new IOException("A refund of a charge that is not there"));
            noteRefund(charge);
        } else {
            note(Charge.read(line), offset);
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
        String chargeId = CHARGE_PREFIX + Long.toHexString(file.end());
        Charge charge = new Charge(key, chargeId, orderId, amount, currency, declinedFor, false);
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
            Charge charge = Charge.read(file.lineAt(number >> 1));
            return (number & 1) == 1 ? charge.paidBack() : charge;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void note(Charge charge, long offset) {
        charges.add(Hash.of(charge.key()), offset << 1);
        if (!charge.isCaptured()) {
            declined++;
            return;
        }
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
        long offset = Long.parseLong(charge.chargeId().substring(CHARGE_PREFIX.length()), 16);
        charges.replace(Hash.of(charge.key()), offset << 1, offset << 1 | 1);
        Sums sum = sums.computeIfAbsent(charge.currency(), _ -> new Sums());
        sum.refunds++;
        sum.refunded += charge.amount();
    }

    @Override
    public synchronized void close() {
        file.close();
    }
}
