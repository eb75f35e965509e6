package dev.orderflow.order.http;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** What to write in the place of an amount with a decimal point. */
final class MinorUnits {

    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,15}\\.[0-9]{1,15}");

    private MinorUnits() {}

    /** Whether this is an amount in major units, such as {@code 29.99}. */
    static boolean isDecimal(String amount) {
        return DECIMAL.matcher(amount).matches();
    }

    /**
     * The remedy, such as {@code price is in minor units: write 2999}.
     *
     * @param amount as it was written
     * @param digits of the currency
     */
    static String remedy(String amount, String currency, int digits) {
        if (!isDecimal(amount)) {
            return "price is in minor units: write a whole number, such as 2999 for 29.99 USD";
        }
        BigDecimal minor = new BigDecimal(amount).movePointRight(digits).stripTrailingZeros();
        if (minor.scale() > 0) {
            return "price is in minor units: " + currency + " has " + digits
                    + " digits, so round it to a whole number of them";
        }
        return "price is in minor units: write " + minor.toPlainString();
    }
}
