package dev.orderflow.order.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PricingTest {

    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

    @Property(tries = 2_000, seed = "20260301")
    void shouldRoundTaxHalfUpLikeDecimalArithmetic(
            @ForAll @LongRange(min = 0) long subtotal, @ForAll @IntRange(max = 10_000) int basisPoints) {
        BigInteger expected = new BigDecimal(BigInteger.valueOf(subtotal).multiply(BigInteger.valueOf(basisPoints)))
                .divide(BigDecimal.valueOf(10_000), 0, RoundingMode.HALF_UP)
                .toBigIntegerExact();
        if (expected.compareTo(MAX) > 0) {
            assertThatThrownBy(() -> Pricing.tax(subtotal, basisPoints)).isInstanceOf(ArithmeticException.class);
        } else {
            assertThat(Pricing.tax(subtotal, basisPoints)).isEqualTo(expected.longValueExact());
        }
    }

    @Property(tries = 1_000, seed = "20260301")
    void shouldAddTaxToTheSubtotalOrReportOverflow(
            @ForAll @LongRange(min = 0) long subtotal, @ForAll @IntRange(max = 10_000) int basisPoints) {
        BigInteger total = BigInteger.valueOf(subtotal).add(BigInteger.valueOf(Pricing.tax(subtotal, basisPoints)));
        if (total.compareTo(MAX) > 0) {
            assertThatThrownBy(() -> Pricing.totals("USD", 2, subtotal, basisPoints))
                    .isInstanceOf(ArithmeticException.class);
        } else {
            assertThat(Pricing.totals("USD", 2, subtotal, basisPoints).total()).isEqualTo(total.longValueExact());
        }
    }

    @Test
    void shouldRoundOncePerOrderAndNotPerLine() {
        // Three lines of 6 at 8 % are 0.48 each: rounded one by one the tax would be 0, together it is 1.44.
        assertThat(Pricing.tax(18, 800)).isEqualTo(1);
    }

    @Test
    void shouldRoundAHalfUp() {
        assertThat(Pricing.tax(625, 800)).isEqualTo(50);
        assertThat(Pricing.tax(50, 100)).isEqualTo(1);
        assertThat(Pricing.tax(49, 100)).isZero();
    }

    @Test
    void shouldTaxTheLargestAmountExactly() {
        assertThat(Pricing.tax(Long.MAX_VALUE, 10_000)).isEqualTo(Long.MAX_VALUE);
    }
}
