package dev.orderflow.loyalty.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.runtime.EventHeaders;
import dev.orderflow.durable.settings.Settings;
import dev.orderflow.durable.testing.GoldenTopology;
import dev.orderflow.durable.testing.TaskTestDriver;
import dev.orderflow.events.Customer;
import dev.orderflow.events.LoyaltyChange;
import dev.orderflow.events.LoyaltyEntry;
import dev.orderflow.events.LoyaltyKind;
import dev.orderflow.events.OrderCompleted;
import dev.orderflow.events.OrderPointsRow;
import dev.orderflow.events.OrderRefunded;
import dev.orderflow.events.PointsAccount;
import dev.orderflow.events.Totals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoyaltyTopologyTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final LoyaltySettings settings =
            LoyaltySettings.from(Settings.of(Map.of("pseudonym.key", "a-secret-of-some-length")));
    private final TaskTestDriver driver = new TaskTestDriver(LoyaltyTopology.definition(settings), START);
    private final String customer = settings.pseudonym().of("u-1");

    @AfterEach
    void close() {
        driver.close();
    }

    private static Totals totals(String currency, int digits, long total) {
        return new Totals(currency, digits, total, 0, 0L, total);
    }

    private void complete(String orderId, String userId, Totals totals) {
        driver.send(
                "order.completed",
                orderId,
                new OrderCompleted(
                        orderId,
                        new Customer(userId, null, null),
                        "main",
                        List.of(),
                        totals,
                        "ch-1",
                        START,
                        START,
                        START));
    }

    private void refund(String orderId, String userId, Totals totals) {
        driver.send(
                "order.refunded",
                orderId,
                new OrderRefunded(
                        orderId,
                        new Customer(userId, null, null),
                        List.of(),
                        totals,
                        "ch-1",
                        "re-1",
                        null,
                        START,
                        START));
    }

    private LoyaltyEntry entry(String orderId, LoyaltyKind kind, long points, long balance) {
        return new LoyaltyEntry(customer, orderId, kind, points, balance, START);
    }

    private List<LoyaltyEntry> entries() {
        return driver.values("loyalty.entries", LoyaltyEntry.class);
    }

    @Test
    void shouldGiveOnePointPerWholeUnitOfAnyCurrency() {
        complete("o-1", "u-1", totals("USD", 2, 2_999));
        complete("o-2", "u-1", totals("JPY", 0, 1_200));
        complete("o-3", "u-1", totals("KWD", 3, 12_345));
        assertThat(entries())
                .containsExactly(
                        entry("o-1", LoyaltyKind.EARNED, 29, 29),
                        entry("o-2", LoyaltyKind.EARNED, 1_200, 1_229),
                        entry("o-3", LoyaltyKind.EARNED, 12, 1_241));
    }

    @Test
    void shouldNameCustomersByPseudonymOnly() {
        complete("o-1", "u-1", totals("USD", 2, 2_999));
        var changes = driver.outputs("loyalty.changes", LoyaltyChange.class);
        var entries = driver.outputs("loyalty.entries", LoyaltyEntry.class);
        assertThat(changes).singleElement().satisfies(change -> {
            assertThat(change.key()).isEqualTo(customer);
            assertThat(change.value().toString()).doesNotContain("u-1");
        });
        assertThat(entries).singleElement().satisfies(entry -> {
            assertThat(entry.key()).isEqualTo(customer);
            assertThat(entry.value().toString()).doesNotContain("u-1");
            assertThat(EventHeaders.text(entry.headers(), "ce_id")).isEqualTo("o-1/points-earned");
        });
    }

    @Test
    void shouldTakeBackOnRefundAndCountNothingTwice() {
        complete("o-1", "u-1", totals("USD", 2, 2_999));
        complete("o-1", "u-1", totals("USD", 2, 2_999));
        refund("o-1", "u-1", totals("USD", 2, 2_999));
        refund("o-1", "u-1", totals("USD", 2, 2_999));
        complete("o-1", "u-1", totals("USD", 2, 2_999));
        assertThat(entries())
                .containsExactly(
                        entry("o-1", LoyaltyKind.EARNED, 29, 29), entry("o-1", LoyaltyKind.TAKEN_BACK, -29, 0));
    }

    @Test
    void shouldAddUpWhenTheRefundIsReadFirst() {
        refund("o-1", "u-1", totals("USD", 2, 2_999));
        assertThat(entries()).isEmpty();
        complete("o-1", "u-1", totals("USD", 2, 2_999));
        assertThat(entries())
                .containsExactly(
                        entry("o-1", LoyaltyKind.EARNED, 29, 29), entry("o-1", LoyaltyKind.TAKEN_BACK, -29, 0));
    }

    @Test
    void shouldPassOverAForgottenCustomer() {
        complete("o-1", null, totals("USD", 2, 2_999));
        assertThat(entries()).isEmpty();
        assertThat(driver.rawOutputs("loyalty.dead-letters")).isEmpty();
    }

    @Test
    void shouldSetAsideWhatIsNoAmount() {
        complete("o-1", "u-1", totals("USD", 2, -1));
        assertThat(driver.rawOutputs("loyalty.dead-letters")).hasSize(1);
        complete("o-2", "u-1", totals("USD", 2, 100));
        assertThat(entries()).containsExactly(entry("o-2", LoyaltyKind.EARNED, 1, 1));
    }

    @Test
    void shouldForgetOrdersButNotBalances() {
        complete("o-1", "u-1", totals("USD", 2, 2_999));
        for (long day = 0; day < settings.orderWindow().toDays() + 2; day++) {
            driver.advance(Duration.ofDays(1));
        }
        try (KeyValueIterator<String, OrderPointsRow> rows =
                driver.<OrderPointsRow>store("orders").all()) {
            assertThat(rows.hasNext()).isFalse();
        }
        assertThat(driver.<PointsAccount>store("accounts").get(customer).getBalance())
                .isEqualTo(29);
    }

    @Test
    void shouldKeepItsNames() {
        GoldenTopology.assertKept(getClass(), LoyaltyTopology.definition(settings));
    }
}
