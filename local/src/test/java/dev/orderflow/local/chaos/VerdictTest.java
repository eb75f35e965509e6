package dev.orderflow.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is a violation, given what the topics, the ledger and ClickHouse say. */
class VerdictTest {

    private static OrderFacts sale() {
        OrderFacts order = new OrderFacts();
        order.accepted = true;
        order.total = 1_000;
        order.currency = "EUR";
        order.addPieces("mug", 2);
        order.confirmations = 1;
        order.completions = 1;
        order.captures = 1;
        order.kept = 1_000;
        return order;
    }

    private static Verdict judge(OrderFacts order, Shelf shelf, long revenue) {
        return Verdict.of(
                Set.of("o"),
                Map.of("o", order),
                Map.of("mug", shelf),
                Map.of("mug", 10L),
                Map.of("EUR", new Verdict.Revenue(1, revenue)));
    }

    @Test
    void shouldHoldForASaleThatAddsUp() {
        Verdict verdict = judge(sale(), new Shelf(8, 0, 2, false), 1_000);

        assertThat(verdict.examples()).isEmpty();
        assertThat(verdict.holds()).isTrue();
        assertThat(verdict.confirmed()).isEqualTo(1);
    }

    @Test
    void shouldHoldForARefundThatLeavesGoodsSold() {
        OrderFacts order = sale();
        order.refunded = true;
        order.refunds = 1;
        order.kept = 0;

        assertThat(judge(order, new Shelf(8, 0, 2, false), 0).examples()).isEmpty();
    }

    static Stream<Arguments> violations() {
        return Stream.of(
                violation("lost", order -> order.completions = 0, Verdict::lost),
                violation("charged twice", order -> order.captures = 2, Verdict::chargedTwice),
                violation("ghost", order -> order.cancelled = true, Verdict::ghosts),
                violation("unpaid", order -> order.kept = 999, Verdict::unpaid),
                violation("confirmed twice", order -> order.confirmations = 2, Verdict::confirmedTwice),
                violation("completed twice", order -> order.completions = 2, Verdict::confirmedTwice));
    }

    private static Arguments violation(String name, Consumer<OrderFacts> change, Function<Verdict, Integer> count) {
        return Arguments.of(name, change, count);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("violations")
    void shouldCountEveryViolation(String name, Consumer<OrderFacts> change, Function<Verdict, Integer> count) {
        OrderFacts order = sale();
        change.accept(order);

        Verdict verdict = judge(order, new Shelf(8, 0, 2, false), 1_000);

        assertThat(count.apply(verdict)).as(name).isEqualTo(1);
        assertThat(verdict.holds()).isFalse();
    }

    @Test
    void shouldCountAnOrderThatWasTakenAndNeverSeen() {
        Verdict verdict = Verdict.of(List.of("gone"), Map.of(), Map.of(), Map.of(), Map.of());

        assertThat(verdict.lost()).isEqualTo(1);
    }

    @Test
    void shouldCountStockThatDoesNotAddUp() {
        assertThat(judge(sale(), new Shelf(7, 0, 2, false), 1_000).stockWrong()).isEqualTo(1);
        assertThat(judge(sale(), new Shelf(7, 1, 2, false), 1_000).stockWrong()).isEqualTo(1);
        assertThat(judge(sale(), new Shelf(7, 0, 3, false), 1_000).stockWrong()).isEqualTo(1);
        assertThat(judge(sale(), new Shelf(8, 0, 2, true), 1_000).stockWrong()).isEqualTo(1);
        assertThat(Shelf.EMPTY.counted(-1, 1, 0).counted(8, 0, 2).wasNegative()).isTrue();
    }

    @Test
    void shouldCountRevenueThatIsNotTheCompletedOrders() {
        assertThat(judge(sale(), new Shelf(8, 0, 2, false), 999).revenueWrong()).isEqualTo(1);
    }
}
