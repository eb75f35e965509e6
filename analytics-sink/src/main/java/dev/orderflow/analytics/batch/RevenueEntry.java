package dev.orderflow.analytics.batch;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One line of the revenue ledger: a sale, or the refund of one. Whoever sums {@code totalMinor} by currency has the
 * revenue, since a refund is negative.
 *
 * @param customer a pseudonym; empty where the customer was forgotten
 * @param totalMinor signed minor units of the currency, tax included
 * @param currency three capital letters, ISO 4217
 * @param digits decimal digits of the currency, 0 to 4
 * @param itemCount pieces over all lines, 0 or more
 * @param eventTime when it was completed or refunded: decides the hour it counts in
 * @param source the partition that the entry was read from
 * @param offset its offset there
 * @param lines what was sold or paid back
 */
public record RevenueEntry(
        String orderId,
        String customer,
        Kind kind,
        long totalMinor,
        String currency,
        int digits,
        long itemCount,
        Instant eventTime,
        Partition source,
        long offset,
        List<SoldLine> lines)
        implements Fact {

    /** What an entry is. */
    public enum Kind {
        SALE,
        REFUND
    }

    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final int MAX_DIGITS = 4;

    public RevenueEntry {
        require(!orderId.isBlank(), "the order id is blank", "");
        require(CURRENCY.matcher(currency).matches(), "the currency is no ISO 4217 code", currency);
        require(digits >= 0 && digits <= MAX_DIGITS, "the currency's digits are not between 0 and 4", digits);
        require(itemCount >= 0, "the number of items is negative", itemCount);
        boolean fits =
                switch (kind) {
                    case SALE -> totalMinor >= 0;
                    case REFUND -> totalMinor <= 0;
                };
        require(fits, "the total has the wrong sign for a " + kind, totalMinor);
        EventTime.check(eventTime);
        lines = List.copyOf(lines);
    }

    /** The amount of an order as an entry of this kind counts it: what a refund pays back is taken off. */
    public static long signed(Kind kind, long total) {
        return switch (kind) {
            case SALE -> total;
            case REFUND -> Math.negateExact(total);
        };
    }

    private static void require(boolean holds, String problem, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(problem + ": '" + value + "'");
        }
    }
}
