package dev.orderflow.order.saga;

/**
 * What an order costs; every amount in minor units of the currency.
 *
 * @param currency ISO 4217 code
 * @param digits decimal digits of the currency by ISO 4217: 0 for JPY, 2 for EUR, 3 for KWD
 * @param subtotal the sum of the line totals
 * @param taxBasisPoints the tax rate in hundredths of a percent
 * @param tax rounded half up, once per order
 * @param total subtotal plus tax
 */
public record Totals(String currency, int digits, long subtotal, int taxBasisPoints, long tax, long total) {}
