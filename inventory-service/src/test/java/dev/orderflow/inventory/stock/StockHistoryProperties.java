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
class StockHistoryProperties {

    sealed interface Step {
        record ForOrder(String orderId, Request request) implements Step {}

        record Adjust(String adjustmentId, Adjustment adjustment) implements Step {}
    }

    private final Map<String, StockLevel> levels = new LinkedHashMap<>();
    private final Map<String, Reservation> reservations = new HashMap<>();
    private final Map<String, Adjustment> applied = new HashMap<>();
    private final Map<String, Set<Fact>> facts = new HashMap<>();

    @Property(tries = 3000)
    void shouldAddUpWhateverComes(@ForAll("histories") List<Step> history) {
        for (Step step : history) {
            take(step);
            stockShouldAddUp();
        }
        facts.forEach((order, said) -> {
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
        history.forEach(this::take);
        var once = Map.copyOf(levels);
        var state = Map.copyOf(reservations);
        levels.clear();
        reservations.clear();
        applied.clear();
        for (Step step : history) {
            take(step);
            take(step);
        }
        assertThat(levels).isEqualTo(once);
        assertThat(reservations).isEqualTo(state);
    }

    @Property(tries = 1000)
    void shouldHoldNothingWhenEveryOrderIsReleased(@ForAll("histories") List<Step> history) {
        history.forEach(this::take);
        Set.copyOf(reservations.keySet())
                .forEach(order -> take(new Step.ForOrder(order, new Request.Release(false))));
        assertThat(levels.values()).allSatisfy(level -> {
            assertThat(level.reserved()).isZero();
            assertThat(level.committed()).isZero();
        });
        stockShouldAddUp();
    }

    private void take(Step step) {
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

    private void stockShouldAddUp() {
        Map<String, Long> adjusted = new HashMap<>();
        applied.values().forEach(a -> adjusted.merge(a.productId(), a.delta(), Math::addExact));
        Map<String, Long> held = new HashMap<>();
        Map<String, Long> sold = new HashMap<>();
        reservations.values().forEach(reservation -> {
            switch (reservation) {
                case Reservation.Held(List<Line> lines) ->
                    lines.forEach(line -> held.merge(line.productId(), line.quantity(), Math::addExact));
                case Reservation.Committed(List<Line> lines) ->
                    lines.forEach(line -> sold.merge(line.productId(), line.quantity(), Math::addExact));
                case Reservation.None _, Reservation.Rejected _, Reservation.Released _ -> {}
            }
        });
        levels.forEach((product, level) -> {
            assertThat(level.adjusted()).as("adjusted of %s", product).isEqualTo(adjusted.getOrDefault(product, 0L));
            assertThat(level.reserved()).as("reserved of %s", product).isEqualTo(held.getOrDefault(product, 0L));
            assertThat(level.committed()).as("committed of %s", product).isEqualTo(sold.getOrDefault(product, 0L));
        });
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<String> products = Arbitraries.of("cup", "pot", "lid");
        Arbitrary<String> orders = Arbitraries.of("o1", "o2", "o3", "o4");
        Arbitrary<Line> lines =
                Combinators.combine(products, Arbitraries.longs().between(1, 6)).as(Line::new);
        Arbitrary<Request> requests = Arbitraries.frequencyOf(
                Tuple.of(4, lines.list().ofMinSize(1).ofMaxSize(4).map(Request.Reserve::new)),
                Tuple.of(2, Arbitraries.of(true, false).map(Request.Release::new)),
                Tuple.of(2, Arbitraries.just(new Request.Commit())));
        Arbitrary<Adjustment> adjustments = Combinators.combine(
                        products, Arbitraries.longs().between(-8, 12).filter(delta -> delta != 0))
                .as(Adjustment::new);
        Arbitrary<Step> orderSteps = Combinators.combine(orders, requests).as(Step.ForOrder::new);
        Arbitrary<Step> adjustmentSteps = Combinators.combine(
                        Arbitraries.integers().between(1, 12).map(n -> "a" + n), adjustments)
                .as(Step.Adjust::new);
        return Arbitraries.frequencyOf(
                        Tuple.of(3, orderSteps), Tuple.of(2, adjustmentSteps))
                .list()
                .ofMaxSize(60);
    }
}
