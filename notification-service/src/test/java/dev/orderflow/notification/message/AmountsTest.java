package dev.orderflow.notification.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "USD | 2 | en-US | 2806      | $28.06",
                "USD | 2 | en-US | 0         | $0.00",
                "USD | 2 | en-US | 123456789 | $1,234,567.89",
                "EUR | 2 | de-DE | 123456    | 1.234,56_€",
                "JPY | 0 | en-US | 1200      | ¥1,200",
                "JPY | 0 | ja-JP | 1200      | ￥1,200",
                "KWD | 3 | en-US | 1234      | KWD_1.234",
                "CHF | 2 | de-CH | 100050    | CHF_1’000.50",
                "USD | 2 | en-US | 9223372036854775807 | $92,233,720,368,547,758.07",
                "QQQ | 2 | en-US | 100050    | 1,000.50_QQQ",
                "???  | 1 | en-US | 5        | 0.5_???",
            })
    void shouldWriteAmountsAsPeopleOfALocaleReadThem(
            String currency, int digits, String locale, long minorUnits, String text) {
        assertThat(new Amounts(currency, digits, Locale.forLanguageTag(locale))
                        .text(minorUnits)
                        .replace('\u00a0', ' '))
                .isEqualTo(text.replace('_', ' '));
    }
}
