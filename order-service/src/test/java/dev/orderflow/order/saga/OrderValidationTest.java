package dev.orderflow.order.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.order.saga.PlacedOrder.Item;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class OrderValidationTest {

    private final OrderValidation validation = new OrderValidation(SagaSettings.DEFAULTS);

    @Test
    void shouldPriceAValidOrder() {
        PricedOrder order = valid(Orders.placed("o-1"));

        assertThat(order.totals()).isEqualTo(new Totals("USD", 2, 5_999, 800, 480, 6_479));
        assertThat(order.lines())
                .containsExactly(new PricedLine("widget", 2, 2_500, 5_000), new PricedLine("bolt", 1, 999, 999));
        assertThat(order.customer()).isEqualTo(new Customer("u-1", "pm-1", "en-GB"));
    }

    @Test
    void shouldFindEveryFaultAtOnce() {
        PlacedOrder order = new PlacedOrder(
                "no spaces",
                null,
                " ",
                "a\u0000b",
                "usd",
                "a/b",
                List.of(new Item("", 0, -1), new Item("ok", 1, 0), new Item(null, 1_000_001, 5)),
                Orders.PLACED_AT);

        assertThat(faults(order))
                .extracting(Fault::field)
                .containsExactly(
                        "orderId",
                        "userId",
                        "paymentMethodId",
                        "locale",
                        "currency",
                        "stockLocation",
                        "items[0].productId",
                        "items[0].quantity",
                        "items[0].price",
                        "items[2].productId",
                        "items[2].quantity");
        assertThat(faults(order))
                .allSatisfy(fault -> assertThat(fault.message())
                        .as("the remedy for %s", fault.field())
                        .containsAnyOf("give", "must match"));
    }

    @Test
    void shouldFillInTheDefaultsOfTheShop() {
        PlacedOrder asked =
                new PlacedOrder("o-1", "u-1", "pm-1", null, null, null, List.of(new Item("a", 1, 1)), Orders.PLACED_AT);

        PricedOrder order = valid(asked);

        assertThat(order.stockLocation()).isEqualTo("main");
        assertThat(order.totals().currency()).isEqualTo("USD");
        assertThat(order.contentHash())
                .isEqualTo(OrderContent.hash(asked.withDefaults("USD", "main")))
                .isEqualTo(validation.contentHash(asked));
    }

    @Test
    void shouldKnowTheDigitsOfACurrency() {
        assertThat(valid(in("JPY")).totals().digits()).isZero();
        assertThat(valid(in("EUR")).totals().digits()).isEqualTo(2);
        assertThat(valid(in("KWD")).totals().digits()).isEqualTo(3);
    }

    @Test
    void shouldRefuseWhatIsNoMoney() {
        for (String code : List.of("XXX", "XTS", "XAU", "XYZ", "", "EURO")) {
            assertThat(faults(in(code))).as(code).extracting(Fault::field).containsExactly("currency");
        }
    }

    @Test
    void shouldRefuseMoreLinesThanAnOrderMayHave() {
        List<Item> items = Collections.nCopies(1_001, new Item("a", 1, 1));

        assertThat(faults(with(items))).extracting(Fault::value).containsExactly("1001 items");
        assertThat(valid(with(items.subList(0, 1_000))).lines()).hasSize(1_000);
    }

    @Test
    void shouldRefuseATotalThatDoesNotFit() {
        assertThat(faults(with(List.of(new Item("a", 2, Long.MAX_VALUE)))))
                .extracting(Fault::field)
                .containsExactly("items");
        // The subtotal fits, the tax on top does not.
        assertThat(faults(with(List.of(new Item("a", 1, Long.MAX_VALUE)))))
                .extracting(Fault::message)
                .containsExactly("the total with tax exceeds 9223372036854775807 minor units: split the order");
    }

    @Test
    void shouldShortenALongValueInAFault() {
        List<Fault> faults = faults(Orders.placed("x".repeat(10_000)));

        assertThat(faults).hasSize(1);
        assertThat(faults.getFirst().value()).hasSize(67).endsWith("...");
    }

    @Property(tries = 500, seed = "20260301")
    void shouldPriceExactlyOrRefuse(@ForAll("items") List<Item> items) {
        BigInteger subtotal = items.stream()
                .map(item -> BigInteger.valueOf(item.quantity()).multiply(BigInteger.valueOf(item.price())))
                .reduce(BigInteger.ZERO, BigInteger::add);

        switch (validation.assess(with(items))) {
            case Assessment.Valid(PricedOrder order) ->
                assertThat(BigInteger.valueOf(order.totals().subtotal())).isEqualTo(subtotal);
            case Assessment.Invalid _ ->
                assertThat(subtotal.multiply(BigInteger.valueOf(108)))
                        .isGreaterThan(BigInteger.valueOf(Long.MAX_VALUE).multiply(BigInteger.valueOf(100)));
        }
    }

    @Property(tries = 300, seed = "20260301")
    void shouldTellContentsApart(@ForAll("orders") PlacedOrder one, @ForAll("orders") PlacedOrder other) {
        boolean same = one.userId().equals(other.userId())
                && one.paymentMethodId().equals(other.paymentMethodId())
                && one.items().equals(other.items());

        assertThat(OrderContent.hash(one).equals(OrderContent.hash(other))).isEqualTo(same);
    }

    @Test
    void shouldNotMixUpNeighbouringTexts() {
        PlacedOrder one = new PlacedOrder("o", "ab", "c", null, "USD", "main", List.of(), Orders.PLACED_AT);
        PlacedOrder other = new PlacedOrder("o", "a", "bc", null, "USD", "main", List.of(), Orders.PLACED_AT);

        assertThat(OrderContent.hash(one))
                .isNotEqualTo(OrderContent.hash(other))
                .matches("[0-9a-f]{32}");
    }

    @Test
    void shouldDeriveOneOrderIdFromAKeyAndItsCaller() {
        assertThat(OrderId.derive("u-1", "click"))
                .isEqualTo(OrderId.derive("u-1", "click"))
                .isNotEqualTo(OrderId.derive("u-2", "click"))
                .isNotEqualTo(OrderId.derive("u-1c", "lick"))
                .matches(OrderId.PATTERN);
    }

    @Provide
    Arbitrary<List<Item>> items() {
        return Combinators.combine(
                        Arbitraries.of("a", "b", "c"),
                        Arbitraries.longs().between(1, OrderValidation.MAX_QUANTITY),
                        Arbitraries.longs().greaterOrEqual(0))
                .as(Item::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @Provide
    Arbitrary<PlacedOrder> orders() {
        Arbitrary<String> few =
                Arbitraries.strings().withChars('a', 'b').ofMinLength(1).ofMaxLength(2);
        Arbitrary<List<Item>> lines = Combinators.combine(
                        few, Arbitraries.longs().between(1, 2))
                .as((product, quantity) -> new Item(product, quantity, 1))
                .list()
                .ofMaxSize(2);
        return Combinators.combine(few, few, lines)
                .as((user, method, items) ->
                        new PlacedOrder("o", user, method, null, "USD", "main", items, Orders.PLACED_AT));
    }

    private PricedOrder valid(PlacedOrder order) {
        return switch (validation.assess(order)) {
            case Assessment.Valid(PricedOrder priced) -> priced;
            case Assessment.Invalid(String hash, List<Fault> faults) ->
                throw new AssertionError("refused " + hash + ": " + faults);
        };
    }

    private List<Fault> faults(PlacedOrder order) {
        return switch (validation.assess(order)) {
            case Assessment.Valid(PricedOrder priced) -> throw new AssertionError("accepted " + priced);
            case Assessment.Invalid(String _, List<Fault> faults) -> faults;
        };
    }

    private static PlacedOrder in(String currency) {
        return new PlacedOrder(
                "o-1", "u-1", "pm-1", null, currency, "main", List.of(new Item("a", 1, 100)), Orders.PLACED_AT);
    }

    private static PlacedOrder with(List<Item> items) {
        return new PlacedOrder("o-1", "u-1", "pm-1", null, "USD", "main", items, Orders.PLACED_AT);
    }
}
