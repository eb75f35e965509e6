package dev.orderflow.loyalty.points;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class OrderPointsTest {

    @Test
    void shouldGiveOnePointPerWholeUnit() {
        assertThat(OrderPoints.worth(2_999, 2)).isEqualTo(29);
        assertThat(OrderPoints.worth(99, 2)).isZero();
        assertThat(OrderPoints.worth(1_200, 0)).isEqualTo(1_200);
        assertThat(OrderPoints.worth(12_345, 3)).isEqualTo(12);
        assertThat(OrderPoints.worth(0, 2)).isZero();
    }

    @Property
    void shouldRoundDownToWholeUnits(
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long total, @ForAll @IntRange(max = 18) int digits) {
        assertThat(OrderPoints.worth(total, digits))
                .isEqualTo(BigDecimal.valueOf(total, digits)
                        .setScale(0, RoundingMode.DOWN)
                        .longValueExact());
    }

    @Test
    void shouldRefuseWhatIsNoAmount() {
        assertThatThrownBy(() -> OrderPoints.worth(-1, 2)).hasMessageContaining("-1");
        assertThatThrownBy(() -> OrderPoints.worth(1, 19)).hasMessageContaining("19");
    }
}
