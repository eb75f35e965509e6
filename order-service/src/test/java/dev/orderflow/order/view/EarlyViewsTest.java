package dev.orderflow.order.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.events.OrderStatus;
import dev.orderflow.events.OrderView;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EarlyViewsTest {

    private final EarlyViews early = new EarlyViews();
    private final OrderView first = view(1);
    private final OrderView second = view(2);

    @Test
    void shouldBeFoundFromItsCommitUntilItIsRead() {
        early.expect(first);
        assertThat(found(Optional.empty())).as("not committed yet").isEmpty();

        early.committed(first);
        assertThat(found(Optional.empty())).contains(first);

        early.read(first);
        assertThat(found(Optional.of(first))).contains(first);
        assertThat(early.count()).isZero();
    }

    @Test
    void shouldNotBeKeptWhereItIsReadBeforeAnybodySaysThatItIsCommitted() {
        early.expect(first);
        early.read(first);
        early.committed(first);

        assertThat(early.count()).isZero();
    }

    @Test
    void shouldStandForWhatWasToldWhileTheNextOneIsOnItsWay() {
        early.expect(first);
        early.committed(first);
        early.expect(second);
        assertThat(found(Optional.empty())).contains(first);

        early.read(first);
        assertThat(found(Optional.of(first))).contains(first);
        early.committed(second);
        assertThat(found(Optional.of(first))).contains(second);

        early.read(second);
        assertThat(early.count()).isZero();
    }

    @Test
    void shouldGiveWayToWhatIsNewer() {
        early.expect(first);
        early.committed(first);

        assertThat(found(Optional.of(second))).contains(second);
    }

    @Test
    void shouldBeForgottenWithTheOneThatIsWrittenInPlaceOfAnAbortedOne() {
        early.expect(first);
        early.expect(second);

        early.read(second);

        assertThat(early.count()).isZero();
    }

    private Optional<OrderView> found(Optional<OrderView> read) {
        return EarlyViews.newer(read, early.find("o-1"));
    }

    private static OrderView view(long sequence) {
        return Views.order("o-1", sequence, OrderStatus.RESERVING).build();
    }
}
