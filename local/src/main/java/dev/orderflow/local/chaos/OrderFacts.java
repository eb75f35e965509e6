package dev.orderflow.local.chaos;

import java.util.Map;
import java.util.TreeMap;

/** What the topics and the provider's ledger say of one order. Confined to its evidence. */
final class OrderFacts {

    boolean accepted;
    boolean invalid;
    boolean cancelled;
    boolean refunded;
    int confirmations;
    int completions;
    long total;
    String currency = "";
    /** Pieces by product, as accepted. */
    Map<String, Long> pieces = Map.of();
    /** Captured charges, and those of them that were paid back. */
    int captures;

    int refunds;
    long kept;

    /** Whether nothing more is due, by the topics. */
    boolean hasEnded() {
        return invalid || cancelled || refunded || completions > 0;
    }

    /** Whether it was sold and not paid back. */
    boolean stands() {
        return confirmations > 0 && !cancelled && !refunded;
    }

    /** What the provider must have kept for it. */
    long worth() {
        return stands() ? total : 0;
    }

    void addPieces(String product, long quantity) {
        if (pieces.isEmpty()) {
            pieces = new TreeMap<>();
        }
        pieces.merge(product, quantity, Long::sum);
    }
}
