package dev.orderflow.payment.payment;

/**
 * An amount of money.
 *
 * @param minor in minor units, 0 or more
 * @param currency ISO 4217 code
 */
public record Amount(long minor, String currency) {

    /** ISO 4217's code for "no currency": the amount of a charge whose currency the provider does not tell. */
    public static final String NO_CURRENCY = "XXX";

    public Amount {
        if (minor < 0) {
            throw new IllegalArgumentException("An amount to charge is negative: " + minor + " " + currency);
        }
    }
}
