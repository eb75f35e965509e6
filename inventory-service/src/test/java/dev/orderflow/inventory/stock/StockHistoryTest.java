package dev.orderflow.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever comes, in whatever order and however often: stock adds up, and no fact contradicts an earlier one. */
class StockHistoryTest {

    sealed interface Step {
        record ForOrder(String orderId, Request request) implements Step {}

        record Adjust(String adjustmentId, Adjustment adjustment) implements Step {}
    }

    /** One location, driven by decisions alone. */
    static final class Location {

        final Map<String, StockLevel> levels = new LinkedHashMap<>();
        final Map<String, Reservation> reservations = new HashMap<>();
        final Map<String, Adjustment> applied = new HashMap<>();
        final Map<String, Set<Fact>> facts = new HashMap<>();

        void take(Step step) {
            switch (step) {
                case Step.Adjust(String id, Adjustment adjustment) -> {
                    switch (adjustment.decide(applied.get(id), level(adjustment.productId()))) {
                        case Adjustment.Outcome.Applied(StockLevel level) -> {
                            levels.put(adjustment.productId(), level);
                            applied.put(id, adjustment);
                        }
                        case Adjustment.Outcome.Repeated _, Adjustment.Outcome.Refused _ -> {}
                    }
                }
                case Step.ForOrder(String orderId, Request request) -> {
                    var current = reservations.getOrDefault(orderId, new Reservation.None());
                    switch (OrderStock.decide(current, request, this::level)) {
                        case Decision.Changed(Reservation next, Map<String, StockLevel> moved, Fact fact) -> {
                            reservations.put(orderId, next);
                            levels.putAll(moved);
                            say(orderId, fact);
                        }
                        case Decision.Repeated(Fact fact) -> say(orderId, fact);
                        case Decision.Nothing _, Decision.Refused _ -> {}
                    }
                }
            }
        }

        private void say(String orderId, Fact fact) {
            facts.computeIfAbsent(orderId, _ -> new HashSet<>()).add(fact);
        }

        private StockLevel level(String productId) {
            return levels.getOrDefault(productId, StockLevel.NONE);
        }

        void shouldAddUp() {
            Map<String, Long> adjusted = new HashMap<>();
            applied.values().forEach(a -> adjusted.merge(a.productId(), a.delta(), Math::addExact));
            Map<String, Long> held = new HashMap<>();
            Map<String, Long> sold = new HashMap<>();
            reservations.values().forEach(reservation -> {
                switch (reservation) {
                    case Reservation.Held(List<Line> lines) -> add(lines, held);
                    case Reservation.Committed(List<Line> lines) -> add(lines, sold);
                    case Reservation.None _, Reservation.Rejected _, Reservation.Released _ -> {}
                }
            });
            levels.forEach((product, level) -> {
                assertThat(level.adjusted())
                        .as("adjusted of %s", product)
                        .isEqualTo(adjusted.getOrDefault(product, 0L));
                assertThat(level.reserved()).as("reserved of %s", product).isEqualTo(held.getOrDefault(product, 0L));
                assertThat(level.committed()).as("committed of %s", product).isEqualTo(sold.getOrDefault(product, 0L));
            });
        }

        private static void add(List<Line> lines, Map<String, Long> sums) {
            lines.forEach(line -> sums.merge(line.productId(), line.quantity(), Math::addExact));
        }
    }

    @Property(tries = 3000)
    void shouldAddUpWhateverComes(@ForAll("histories") List<Step> history) {
        var location = new Location();
        for (Step step : history) {
            location.take(step);
            location.shouldAddUp();
        }
        location.facts.forEach((order, said) -> {
            assertThat(said.stream().map(Object::getClass))
                    .as("each kind of fact of %s has one content", order)
                    .doesNotHaveDuplicates();
            assertThat(said.contains(new Fact.Reserved())
                            && said.stream().anyMatch(fact -> fact instanceof Fact.Rejected))
                    .as("%s both reserved and rejected", order)
                    .isFalse();
        });
    }

    @Property(tries = 1000)
    void shouldNotMatterWhetherMessagesComeTwice(@ForAll("histories") List<Step> history) {
        var once = new Location();
        history.forEach(once::take);
        var twice = new Location();
        for (Step step : history) {
            twice.take(step);
            twice.take(step);
        }
        assertThat(twice.levels).isEqualTo(once.levels);
        assertThat(twice.reservations).isEqualTo(once.reservations);
    }

    @Property(tries = 1000)
    void shouldHoldNothingWhenEveryOrderIsReleased(@ForAll("histories") List<Step> history) {
        var location = new Location();
        history.forEach(location::take);
        Set.copyOf(location.reservations.keySet())
                .forEach(order -> location.take(new Step.ForOrder(order, new Request.Release(false))));
        assertThat(location.levels.values()).allSatisfy(level -> {
            assertThat(level.reserved()).isZero();
            assertThat(level.committed()).isZero();
        });
        location.shouldAddUp();
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<String> products = Arbitraries.of("cup", "pot", "lid");
        Arbitrary<Line> lines =
                Combinators.combine(products, Arbitraries.longs().between(1, 6)).as(Line::new);
        Arbitrary<Request> requests = Arbitraries.frequencyOf(
                Tuple.of(4, lines.list().ofMinSize(1).ofMaxSize(4).map(Request.Reserve::new)),
                Tuple.of(2, Arbitraries.of(true, false).map(Request.Release::new)),
                Tuple.of(2, Arbitraries.just(new Request.Commit())));
        Arbitrary<Adjustment> adjustments = Combinators.combine(
                        products, Arbitraries.longs().between(-8, 12).filter(delta -> delta != 0))
                .as(Adjustment::new);
        Arbitrary<Step> orderSteps = Combinators.combine(Arbitraries.of("o1", "o2", "o3", "o4"), requests)
                .as(Step.ForOrder::new);
        Arbitrary<Step> adjustmentSteps = Combinators.combine(
                        Arbitraries.integers().between(1, 12).map(n -> "a" + n), adjustments)
                .as(Step.Adjust::new);
        return Arbitraries.frequencyOf(Tuple.of(3, orderSteps), Tuple.of(2, adjustmentSteps))
                .list()
                .ofMaxSize(60);
    }
}
