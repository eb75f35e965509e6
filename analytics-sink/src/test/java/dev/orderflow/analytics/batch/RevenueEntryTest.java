package dev.orderflow.analytics.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.analytics.batch.RevenueEntry.Kind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RevenueEntryTest {

    private static final Instant TIME = Instant.parse("2026-01-01T10:00:00Z");

    @Test
    void shouldTakeARefundOffTheRevenue() {
        assertThat(RevenueEntry.signed(Kind.SALE, 5998)).isEqualTo(5998);
        assertThat(RevenueEntry.signed(Kind.REFUND, 5998)).isEqualTo(-5998);
    }

    @Test
    void shouldAcceptCurrenciesOfAnyDigits() {
        for (int digits = 0; digits <= 4; digits++) {
            int each = digits;
            assertThatCode(() -> entry("o-1", Kind.SALE, 1, "XXX", each, 1, TIME))
                    .doesNotThrowAnyException();
        }
        assertThatThrownBy(() -> entry("o-1", Kind.SALE, 1, "XXX", 5, 1, TIME)).hasMessageContaining("digits");
    }

    @Test
    void shouldSayWhatIsWrong() {
        assertThatThrownBy(() -> entry(" ", Kind.SALE, 1, "EUR", 2, 1, TIME)).hasMessageContaining("order id");
        assertThatThrownBy(() -> entry("o-1", Kind.SALE, 1, "eur", 2, 1, TIME)).hasMessageContaining("'eur'");
        assertThatThrownBy(() -> entry("o-1", Kind.SALE, -1, "EUR", 2, 1, TIME)).hasMessageContaining("'-1'");
        assertThatThrownBy(() -> entry("o-1", Kind.REFUND, 1, "EUR", 2, 1, TIME))
                .hasMessageContaining("REFUND");
        assertThatThrownBy(() -> entry("o-1", Kind.SALE, 1, "EUR", 2, -1, TIME)).hasMessageContaining("items");
        assertThatThrownBy(() -> entry("o-1", Kind.SALE, 1, "EUR", 2, 1, Instant.EPOCH))
                .hasMessageContaining("1970-01-01T00:00:00Z");
    }

    private static RevenueEntry entry(
            String orderId, Kind kind, long total, String currency, int digits, long items, Instant time) {
        return new RevenueEntry(
                orderId,
                "c",
                kind,
                total,
                currency,
                digits,
                items,
                time,
                new Partition("order.completed", 0),
                7,
                List.of());
    }
}
