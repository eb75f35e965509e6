package dev.orderflow.payment.book;

/**
 * Sums of some orders of one currency, in minor units.
 *
 * @param orders how many
 * @param captured what the provider has captured for them
 * @param refunded what it has paid back
 * @param value what those of them are worth that are confirmed and stand
 */
public record Totals(long orders, long captured, long refunded, long value) {

    /** Of no order. */
    public static final Totals NONE = new Totals(0, 0, 0, 0);

    /** Captured minus refunded minus the value of confirmed orders: 0 when the books agree. */
    public long difference() {
        return captured - refunded - value;
    }

    /** These orders and some more. */
    public Totals plus(Totals more) {
        return new Totals(orders + more.orders, captured + more.captured, refunded + more.refunded, value + more.value);
    }

    static Totals of(OrderRow row) {
        return new Totals(1, row.captured(), row.refunded(), row.value());
    }
}
