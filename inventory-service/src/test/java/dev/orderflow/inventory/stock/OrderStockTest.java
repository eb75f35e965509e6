package dev.orderflow.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.inventory.stock.Decision.Changed;
import dev.orderflow.inventory.stock.Decision.Nothing;
import dev.orderflow.inventory.stock.Decision.Refused;
import dev.orderflow.inventory.stock.Decision.Repeated;
import dev.orderflow.inventory.stock.Request.Commit;
import dev.orderflow.inventory.stock.Request.Release;
import dev.orderflow.inventory.stock.Request.Reserve;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrderStockTest {

    private static final Reservation NONE = new Reservation.None();
    private static final Reservation HELD = new Reservation.Held(List.of(new Line("cup", 2)));
    private static final Reservation COMMITTED = new Reservation.Committed(List.of(new Line("cup", 2)));

    private static Decision decide(Reservation current, Request request, Map<String, StockLevel> levels) {
        return OrderStock.decide(current, request, product -> levels.getOrDefault(product, StockLevel.NONE));
    }

    private static StockLevel level(long onHand, long reserved, long committed) {
        return new StockLevel(onHand, reserved, committed);
    }

    @Test
    void shouldHoldEveryLine() {
        var decision = decide(
                NONE,
                new Reserve(List.of(new Line("cup", 2), new Line("pot", 1))),
                Map.of("cup", level(5, 0, 0), "pot", level(1, 3, 0)));
        assertThat(decision)
                .isEqualTo(new Changed(
                        new Reservation.Held(List.of(new Line("cup", 2), new Line("pot", 1))),
                        Map.of("cup", level(3, 2, 0), "pot", level(0, 4, 0)),
                        new Fact.Reserved()));
    }

    @Test
    void shouldAddUpLinesOfTheSameProduct() {
        var decision = decide(
                NONE,
                new Reserve(List.of(new Line("cup", 2), new Line("pot", 1), new Line("cup", 3))),
                Map.of("cup", level(4, 0, 0), "pot", level(1, 0, 0)));
        var short5 = List.of(new Shortfall("cup", 5, 4));
        assertThat(decision)
                .isEqualTo(new Changed(new Reservation.Rejected(short5), Map.of(), new Fact.Rejected(short5)));
    }

    @Test
    void shouldNameEveryProductThatIsShortAndByHowMuch() {
        var decision = decide(
                NONE,
                new Reserve(List.of(new Line("cup", 2), new Line("pot", 1), new Line("lid", 9))),
                Map.of("cup", level(1, 7, 0), "pot", level(1, 0, 0)));
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Changed.class,
                        changed -> assertThat(changed.fact())
                                .isEqualTo(new Fact.Rejected(
                                        List.of(new Shortfall("cup", 2, 1), new Shortfall("lid", 9, 0)))));
    }

    @Test
    void shouldRejectAgainAfterRestock() {
        var shortfalls = List.of(new Shortfall("cup", 2, 1));
        var decision = decide(
                new Reservation.Rejected(shortfalls),
                new Reserve(List.of(new Line("cup", 2))),
                Map.of("cup", level(100, 0, 0)));
        assertThat(decision).isEqualTo(new Repeated(new Fact.Rejected(shortfalls)));
    }

    @Test
    void shouldReserveOnce() {
        var again = new Reserve(List.of(new Line("cup", 2)));
        assertThat(decide(HELD, again, Map.of("cup", level(5, 2, 0)))).isEqualTo(new Repeated(new Fact.Reserved()));
        assertThat(decide(COMMITTED, again, Map.of("cup", level(5, 0, 2))))
                .isEqualTo(new Repeated(new Fact.Reserved()));
    }

    @Test
    void shouldGiveBackWhatIsHeld() {
        assertThat(decide(HELD, new Release(false), Map.of("cup", level(5, 2, 1))))
                .isEqualTo(new Changed(
                        new Reservation.Released(true), Map.of("cup", level(7, 0, 1)), new Fact.Released(true)));
    }

    @Test
    void shouldGiveBackWhatIsSold() {
        assertThat(decide(COMMITTED, new Release(false), Map.of("cup", level(5, 1, 2))))
                .isEqualTo(new Changed(
                        new Reservation.Released(true), Map.of("cup", level(7, 1, 0)), new Fact.Released(true)));
    }

    @Test
    void shouldKeepWhatIsHeldWhenReleasedUnlessDone() {
        assertThat(decide(HELD, new Release(true), Map.of())).isEqualTo(new Repeated(new Fact.Stands()));
        assertThat(decide(COMMITTED, new Release(true), Map.of())).isEqualTo(new Repeated(new Fact.Stands()));
    }

    @Test
    void shouldRefuseReservationThatComesAfterItsRelease() {
        for (boolean unlessDone : new boolean[] {true, false}) {
            var released = decide(NONE, new Release(unlessDone), Map.of());
            assertThat(released)
                    .isEqualTo(new Changed(new Reservation.Released(false), Map.of(), new Fact.Released(false)));
            var late = decide(
                    ((Changed) released).next(),
                    new Reserve(List.of(new Line("cup", 1))),
                    Map.of("cup", level(5, 0, 0)));
            assertThat(late).isEqualTo(new Repeated(new Fact.Released(false)));
        }
    }

    @Test
    void shouldSayReleasedOfAnOrderThatWasRejected() {
        assertThat(decide(new Reservation.Rejected(List.of(new Shortfall("cup", 2, 1))), new Release(false), Map.of()))
                .isEqualTo(new Changed(new Reservation.Released(false), Map.of(), new Fact.Released(false)));
    }

    @Test
    void shouldSayTheSameWhenReleasedAgain() {
        assertThat(decide(new Reservation.Released(true), new Release(false), Map.of()))
                .isEqualTo(new Repeated(new Fact.Released(true)));
        assertThat(decide(new Reservation.Released(false), new Release(true), Map.of()))
                .isEqualTo(new Repeated(new Fact.Released(false)));
    }

    @Test
    void shouldCommitOnce() {
        assertThat(decide(HELD, new Commit(), Map.of("cup", level(5, 2, 1))))
                .isEqualTo(new Changed(COMMITTED, Map.of("cup", level(5, 0, 3)), new Fact.Committed()));
        assertThat(decide(COMMITTED, new Commit(), Map.of())).isEqualTo(new Repeated(new Fact.Committed()));
    }

    @Test
    void shouldNotCommitWhatWasReleased() {
        assertThat(decide(new Reservation.Released(true), new Commit(), Map.of()))
                .isEqualTo(new Nothing());
    }

    @Test
    void shouldReportCommitOfWhatWasNeverReserved() {
        assertThat(decide(NONE, new Commit(), Map.of())).isInstanceOf(Refused.class);
        assertThat(decide(new Reservation.Rejected(List.of()), new Commit(), Map.of()))
                .isInstanceOf(Refused.class);
    }
}
