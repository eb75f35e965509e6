package dev.orderflow.loyalty.points;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.loyalty.points.Entry.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LedgerTest {

    @Test
    void shouldEarnOnce() {
        assertThat(Ledger.decide(new OrderPoints.None(), new Change.Completed(29), 100))
                .isEqualTo(new Ledger.Decision(
                        Optional.of(new OrderPoints.Earned(29)), List.of(new Entry(Kind.EARNED, 29, 129))));
        assertThat(Ledger.decide(new OrderPoints.Earned(29), new Change.Completed(29), 129))
                .isEqualTo(Ledger.Decision.NOTHING);
    }

    @Test
    void shouldTakeBackWhatWasEarnedOnce() {
        assertThat(Ledger.decide(new OrderPoints.Earned(29), new Change.Refunded(), 129))
                .isEqualTo(new Ledger.Decision(
                        Optional.of(new OrderPoints.TakenBack()), List.of(new Entry(Kind.TAKEN_BACK, -29, 100))));
        assertThat(Ledger.decide(new OrderPoints.TakenBack(), new Change.Refunded(), 100))
                .isEqualTo(Ledger.Decision.NOTHING);
    }

    @Test
    void shouldBookBothWhenTheRefundIsReadFirst() {
        assertThat(Ledger.decide(new OrderPoints.None(), new Change.Refunded(), 0))
                .isEqualTo(new Ledger.Decision(Optional.of(new OrderPoints.RefundedFirst()), List.of()));
        assertThat(Ledger.decide(new OrderPoints.RefundedFirst(), new Change.Completed(29), 0))
                .isEqualTo(new Ledger.Decision(
                        Optional.of(new OrderPoints.TakenBack()),
                        List.of(new Entry(Kind.EARNED, 29, 29), new Entry(Kind.TAKEN_BACK, -29, 0))));
    }

    record Message(String orderId, Change change) {}

    @Property
    void shouldAddUpInAnyOrderOfArrival(@ForAll("histories") List<Message> history) {
        Map<String, OrderPoints> orders = new HashMap<>();
        Set<String> completed = new HashSet<>();
        Set<String> refunded = new HashSet<>();
        List<Entry> ledger = new ArrayList<>();
        long balance = 0;
        for (Message message : history) {
            switch (message.change()) {
                case Change.Completed _ -> completed.add(message.orderId());
                case Change.Refunded _ -> refunded.add(message.orderId());
            }
            var known = orders.getOrDefault(message.orderId(), new OrderPoints.None());
            var decision = Ledger.decide(known, message.change(), balance);
            decision.next().ifPresent(next -> orders.put(message.orderId(), next));
            ledger.addAll(decision.entries());
            balance = ledger.isEmpty() ? 0 : ledger.getLast().balance();
            assertThat(balance).isNotNegative();
        }
        assertThat(balance)
                .isEqualTo(ledger.stream().mapToLong(Entry::points).sum())
                .isEqualTo(completed.stream()
                        .filter(order -> !refunded.contains(order))
                        .mapToLong(LedgerTest::points)
                        .sum());
    }

    private static long points(String orderId) {
        return 10L * orderId.charAt(0);
    }

    @Provide
    Arbitrary<List<Message>> histories() {
        Arbitrary<String> orders = Arbitraries.of("a", "b", "c", "d");
        return Combinators.combine(orders, Arbitraries.of(true, false))
                .as((order, refund) ->
                        new Message(order, refund ? new Change.Refunded() : new Change.Completed(points(order))))
                .list()
                .ofMaxSize(20);
    }
}
