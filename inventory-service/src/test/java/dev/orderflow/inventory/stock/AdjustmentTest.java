package dev.orderflow.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.inventory.stock.Adjustment.Outcome.Applied;
import dev.orderflow.inventory.stock.Adjustment.Outcome.Refused;
import dev.orderflow.inventory.stock.Adjustment.Outcome.Repeated;
import org.junit.jupiter.api.Test;

class AdjustmentTest {

    @Test
    void shouldAddToWhatIsOnHand() {
        assertThat(new Adjustment("cup", 10).decide(null, new StockLevel(5, 2, 1)))
                .isEqualTo(new Applied(new StockLevel(15, 2, 1)));
    }

    @Test
    void shouldTakeAwayNoMoreThanIsOnHand() {
        var level = new StockLevel(5, 2, 1);
        assertThat(new Adjustment("cup", -5).decide(null, level)).isEqualTo(new Applied(new StockLevel(0, 2, 1)));
        assertThat(new Adjustment("cup", -6).decide(null, level))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).contains("only 5 on hand"));
    }

    @Test
    void shouldCountOncePerId() {
        var adjustment = new Adjustment("cup", 10);
        assertThat(adjustment.decide(new Adjustment("cup", 10), StockLevel.NONE))
                .isEqualTo(new Repeated());
        assertThat(adjustment.decide(new Adjustment("cup", 11), StockLevel.NONE))
                .isInstanceOf(Refused.class);
        assertThat(adjustment.decide(new Adjustment("pot", 10), StockLevel.NONE))
                .isInstanceOf(Refused.class);
    }

    @Test
    void shouldRefuseWhatNoLongerFits() {
        assertThat(new Adjustment("cup", Long.MAX_VALUE).decide(null, new StockLevel(0, 1, 0)))
                .isInstanceOf(Refused.class);
        assertThat(new Adjustment("cup", Long.MIN_VALUE).decide(null, new StockLevel(Long.MAX_VALUE, 0, 0)))
                .isInstanceOf(Refused.class);
    }

    @Test
    void shouldNotBeZero() {
        assertThatThrownBy(() -> new Adjustment("cup", 0)).hasMessageContaining("cup");
    }
}
