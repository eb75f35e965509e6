package dev.orderflow.local.chaos;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What must hold, judged by the topics, the provider's ledger and ClickHouse's rows.
 *
 * @param orders that were taken
 * @param lost taken, and without an end
 * @param chargedTwice with more than one charge that stands
 * @param ghosts charged and neither confirmed nor paid back
 * @param unpaid confirmed, and not charged what they cost
 * @param confirmedTwice more than once in {@code order.confirmed} or {@code order.completed}
 * @param stockWrong products below zero, held for nobody, sold to nobody, or that do not add up
 * @param revenueWrong currencies whose rows in ClickHouse are not the completed orders
 * @param examples some of what is wrong, by name
 */
record Verdict(
        int orders,
        int confirmed,
        int cancelled,
        int refunded,
        int captures,
        int refunds,
        int lost,
        int chargedTwice,
        int ghosts,
        int unpaid,
        int confirmedTwice,
        int stockWrong,
        int revenueWrong,
        List<String> examples) {

    private static final int MOST_EXAMPLES = 10;

    Verdict {
        examples = List.copyOf(examples);
    }

    /** Number and value of sales of a currency, less what was refunded. */
    record Revenue(long orders, long amount) {
        static final Revenue NONE = new Revenue(0, 0);

        Revenue plus(long moreOrders, long moreAmount) {
            return new Revenue(orders + moreOrders, amount + moreAmount);
        }
    }

    boolean holds() {
        return lost + chargedTwice + ghosts + unpaid + confirmedTwice + stockWrong + revenueWrong == 0;
    }

    /**
     * Judges.
     *
     * @param taken the ids of all orders that were taken
     * @param facts of every order that the topics or the ledger name
     * @param adjusted pieces that were put on each shelf
     * @param revenue by currency, as ClickHouse adds it up
     */
    static Verdict of(
            Collection<String> taken,
            Map<String, OrderFacts> facts,
            Map<String, Shelf> shelves,
            Map<String, Long> adjusted,
            Map<String, Revenue> revenue) {
        Count count = new Count();
        for (String id : taken) {
            OrderFacts order = facts.get(id);
            if (order == null || !order.hasEnded()) {
                count.lost++;
                count.note("order " + id + " has no end" + (order == null ? ", and was never seen" : ""));
            }
        }
        Map<String, Long> sold = new HashMap<>();
        Map<String, Revenue> due = new TreeMap<>();
        facts.forEach((id, order) -> {
            count.order(id, order);
            if (order.confirmations > 0 && !order.cancelled) {
                order.pieces.forEach((product, pieces) -> sold.merge(product, pieces, Long::sum));
            }
            if (order.completions > 0) {
                due.merge(
                        order.currency,
                        new Revenue(1, order.refunded ? 0 : order.total),
                        (a, b) -> a.plus(b.orders(), b.amount()));
            }
        });
        adjusted.forEach((product, pieces) -> {
            Shelf shelf = shelves.getOrDefault(product, Shelf.EMPTY);
            long soldPieces = sold.getOrDefault(product, 0L);
            if (shelf.wasNegative()
                    || shelf.sum() != pieces
                    || shelf.reserved() != 0
                    || shelf.committed() != soldPieces) {
                count.stockWrong++;
                count.note("stock of " + product + " is " + shelf + ", with " + pieces + " adjusted and " + soldPieces
                        + " sold");
            }
        });
        due.forEach((currency, expected) -> {
            Revenue found = revenue.getOrDefault(currency, Revenue.NONE);
            if (!found.equals(expected)) {
                count.revenueWrong++;
                count.note("revenue in " + currency + " is " + found + ", and " + expected + " by order.completed");
            }
        });
        return count.verdict(taken.size());
    }

    private static final class Count {
        private int confirmed;
        private int cancelled;
        private int refunded;
        private int captures;
        private int refunds;
        private int lost;
        private int chargedTwice;
        private int ghosts;
        private int unpaid;
        private int confirmedTwice;
        private int stockWrong;
        private int revenueWrong;
        private final List<String> examples = new ArrayList<>();

        private void order(String id, OrderFacts order) {
            confirmed += order.confirmations > 0 ? 1 : 0;
            cancelled += order.cancelled ? 1 : 0;
            refunded += order.refunded ? 1 : 0;
            captures += order.captures;
            refunds += order.refunds;
            if (order.captures - order.refunds > 1) {
                chargedTwice++;
                note("order " + id + " has " + (order.captures - order.refunds) + " charges that stand");
            } else if (order.kept > order.worth()) {
                ghosts++;
                note("order " + id + " is worth " + order.worth() + ", and the provider keeps " + order.kept);
            } else if (order.kept < order.worth()) {
                unpaid++;
                note("order " + id + " is worth " + order.worth() + ", and the provider keeps " + order.kept);
            }
            if (order.confirmations > 1 || order.completions > 1) {
                confirmedTwice++;
                note("order " + id + " is confirmed " + order.confirmations + " and completed " + order.completions
                        + " times");
            }
        }

        private void note(String example) {
            if (examples.size() < MOST_EXAMPLES) {
                examples.add(example);
            }
        }

        private Verdict verdict(int orders) {
            return new Verdict(
                    orders,
                    confirmed,
                    cancelled,
                    refunded,
                    captures,
                    refunds,
                    lost,
                    chargedTwice,
                    ghosts,
                    unpaid,
                    confirmedTwice,
                    stockWrong,
                    revenueWrong,
                    examples);
        }
    }
}
