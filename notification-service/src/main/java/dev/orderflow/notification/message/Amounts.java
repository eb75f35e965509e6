package dev.orderflow.notification.message;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Writes amounts as people of one locale read them, with the digits that the currency has. */
final class Amounts {

    /** Where a currency without a symbol of its own would run into its number, as in KWD1.200. */
    private static final Pattern LETTER_BESIDE_DIGIT = Pattern.compile("(?<=\\p{L})(?=\\p{Nd})|(?<=\\p{Nd})(?=\\p{L})");

    private final String unknownCurrency;
    private final int digits;
    private final NumberFormat format;

    /**
     * Amounts of one currency.
     *
     * @param code ISO 4217 code; one that this JDK does not know is written behind the number
     * @param digits decimal digits of the currency
     */
    Amounts(String code, int digits, Locale locale) {
        Optional<Currency> currency = currency(code);
        this.digits = digits;
        this.unknownCurrency = currency.isPresent() ? "" : " " + code;
        this.format = currency.isPresent()
                ? NumberFormat.getCurrencyInstance(locale)
                : NumberFormat.getNumberInstance(locale);
        currency.ifPresent(format::setCurrency);
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
    }

    /** An amount of minor units. */
    String text(long minorUnits) {
        String text = format.format(BigDecimal.valueOf(minorUnits, digits));
        return LETTER_BESIDE_DIGIT.matcher(text).replaceAll("\u00a0") + unknownCurrency;
    }

    private static Optional<Currency> currency(String code) {
        try {
            return Optional.of(Currency.getInstance(code));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }
}
