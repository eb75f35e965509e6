package dev.orderflow.order.saga;

import java.util.Currency;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The currencies that money can be counted in, by ISO 4217 code. Thread-safe. */
public final class Currencies {

    private static final Map<String, Integer> DIGITS = Currency.getAvailableCurrencies().stream()
            .filter(currency -> currency.getDefaultFractionDigits() >= 0)
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableMap(
                    Function.identity(), code -> Currency.getInstance(code).getDefaultFractionDigits()));

    private Currencies() {}

    /**
     * The decimal digits of a currency; empty where the code is unknown, or stands for no money at all (XXX, XTS, gold).
     */
    public static OptionalInt digits(String code) {
        Integer digits = DIGITS.get(code);
        return digits == null ? OptionalInt.empty() : OptionalInt.of(digits);
    }
}
