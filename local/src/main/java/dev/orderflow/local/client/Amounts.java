package dev.orderflow.local.client;

import java.math.BigDecimal;

/** Amounts for people. */
final class Amounts {

    private Amounts() {}

    /** An amount of minor units with the digits of its currency: 2999 with 2 digits is 29.99. */
    static String format(long minorUnits, int digits) {
        return "%,.{digits}f"
                .replace("{digits}", Integer.toString(digits))
                .formatted(BigDecimal.valueOf(minorUnits, digits));
    }
}
