package dev.orderflow.loyalty.http;

import dev.orderflow.events.LoyaltyEntry;
import dev.orderflow.events.LoyaltyKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ledgers of all customers as they were last committed, the newest {@value #MAX_ENTRIES} entries of each. Each
 * instance keeps all of them, an entry in some 60 bytes. One thread writes; any number may read.
 */
final class LedgerTable {

    /** The most entries that are kept and shown of one customer. */
    static final int MAX_ENTRIES = 1_000;

    private static final int FIXED_BYTES = 1 + 3 * Long.BYTES;

    private final ConcurrentHashMap<String, Deque<byte[]>> ledgers = new ConcurrentHashMap<>();

    /** One line of a ledger. */
    record Line(String orderId, boolean earned, long points, long balance, long atMillis) {

        byte[] pack() {
            byte[] id = orderId.getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.allocate(FIXED_BYTES + id.length)
                    .put((byte) (earned ? 1 : 0))
                    .putLong(points)
                    .putLong(balance)
                    .putLong(atMillis)
                    .put(id)
                    .array();
        }

        static Line unpack(byte[] packed) {
            ByteBuffer in = ByteBuffer.wrap(packed);
            boolean earned = in.get() == 1;
            long points = in.getLong();
            long balance = in.getLong();
            long atMillis = in.getLong();
            String orderId = new String(packed, FIXED_BYTES, packed.length - FIXED_BYTES, StandardCharsets.UTF_8);
            return new Line(orderId, earned, points, balance, atMillis);
        }
    }

    /** Adds an entry behind those of the same customer. */
    void add(LoyaltyEntry entry) {
        Line line = new Line(
                entry.getOrderId(),
                entry.getKind() == LoyaltyKind.EARNED,
                entry.getPoints(),
                entry.getBalance(),
                entry.getAt().toEpochMilli());
        ledgers.compute(entry.getCustomer(), (_, known) -> {
            Deque<byte[]> ledger = known == null ? new ArrayDeque<>(2) : known;
            ledger.addLast(line.pack());
            if (ledger.size() > MAX_ENTRIES) {
                ledger.removeFirst();
            }
            return ledger;
        });
    }

    /** The newest entries of a customer, newest first; none for one who has no points. */
    List<Line> newest(String pseudonym) {
        List<Line> lines = new ArrayList<>();
        // Within compute nobody else changes this ledger.
        ledgers.computeIfPresent(pseudonym, (_, ledger) -> {
            ledger.descendingIterator().forEachRemaining(packed -> lines.add(Line.unpack(packed)));
            return ledger;
        });
        return lines;
    }
}
