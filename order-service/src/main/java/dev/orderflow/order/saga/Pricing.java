package dev.orderflow.order.saga;

/**
 * Exact arithmetic on money in minor units. Every method throws {@link ArithmeticException} where a result does not fit
 * into a {@code long}; nothing ever wraps around or is rounded twice.
 */
public final class Pricing {

    /** A whole, in hundredths of a percent. */
    public static final int BASIS_POINTS = 10_000;

    private Pricing() {}

    /** Quantity times unit price. */
    public static long lineTotal(long quantity, long unitPrice) {
        return Math.multiplyExact(quantity, unitPrice);
    }

    /**
     * The tax on a subtotal, rounded half up.
     *
     * @param subtotal minor units, 0 or more
     * @param basisPoints hundredths of a percent, 0 to 10,000
     */
    public static long tax(long subtotal, int basisPoints) {
        if (subtotal < 0 || basisPoints < 0 || basisPoints > BASIS_POINTS) {
            throw new IllegalArgumentException("subtotal " + subtotal + " must be 0 or more, and basis points "
                    + basisPoints + " from 0 to " + BASIS_POINTS);
        }
        // subtotal = whole * 10000 + rest, so the product never needs more than 64 bits to be exact.
        long whole = subtotal / BASIS_POINTS;
        long rest = subtotal % BASIS_POINTS;
        long roundedRest = (rest * basisPoints + BASIS_POINTS / 2) / BASIS_POINTS;
        return Math.addExact(Math.multiplyExact(whole, (long) basisPoints), roundedRest);
    }

    /**
     * Everything that an order costs.
     *
     * @param currency ISO 4217 code
     * @param digits decimal digits of the currency
     * @param subtotal minor units, 0 or more
     * @param basisPoints the tax rate in hundredths of a percent
     */
    public static Totals totals(String currency, int digits, long subtotal, int basisPoints) {
        long tax = tax(subtotal, basisPoints);
        return new Totals(currency, digits, subtotal, basisPoints, tax, Math.addExact(subtotal, tax));
    }
}
