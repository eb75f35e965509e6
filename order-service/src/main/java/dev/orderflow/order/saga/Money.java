package dev.orderflow.order.saga;

/**
 * An amount with its currency.
 *
 * @param amount minor units
 * @param currency ISO 4217 code
 */
public record Money(long amount, String currency) {
    @Override
    public String toString() {
        return amount + " " + currency + " in minor units";
    }
}
