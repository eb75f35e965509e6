package dev.orderflow.payment.book;

/**
 * An amount of money.
 *
 * @param minor in minor units
 * @param currency ISO 4217 code; {@link #UNKNOWN} where whoever names the amount does not tell
 */
public record Sum(long minor, String currency) {

    /** ISO 4217's code for "no currency". */
    public static final String UNKNOWN = "XXX";

    /** Whether it is known to be nothing; a zero without a currency only says that the amount was not told. */
    boolean isNothing() {
        return minor == 0 && !currency.equals(UNKNOWN);
    }
}
