package dev.orderflow.inventory.topology;

import static dev.orderflow.inventory.topology.Messages.START;
import static dev.orderflow.inventory.topology.Messages.accepted;
import static dev.orderflow.inventory.topology.Messages.adjustment;
import static dev.orderflow.inventory.topology.Messages.commit;
import static dev.orderflow.inventory.topology.Messages.release;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.runtime.EventHeaders;
import dev.orderflow.durable.settings.Settings;
import dev.orderflow.durable.testing.GoldenTopology;
import dev.orderflow.durable.testing.TaskTestDriver;
import dev.orderflow.events.InventoryEvent;
import dev.orderflow.events.Money;
import dev.orderflow.events.Shortage;
import dev.orderflow.events.StockCommitted;
import dev.orderflow.events.StockRejected;
import dev.orderflow.events.StockReleased;
import dev.orderflow.events.StockReserved;
import dev.orderflow.events.StockStands;
import dev.orderflow.events.StockView;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InventoryTopologyTest {

    private static final StockReserved RESERVED = new StockReserved(Messages.CUSTOMER, new Money(1_080L, "USD"), START);

    private final InventorySettings settings = InventorySettings.from(Settings.of(Map.of()));
    private final TaskTestDriver driver = new TaskTestDriver(InventoryTopology.definition(settings), START);

    @AfterEach
    void close() {
        driver.close();
    }

    private void send(SpecificRecord... messages) {
        for (SpecificRecord message : messages) {
            switch (message) {
                case dev.orderflow.events.OrderAccepted order -> driver.send("order.accepted", "main", order);
                case dev.orderflow.events.InventoryCommand command ->
                    driver.send("inventory.commands", "main", command);
                default -> driver.send("stock.adjustments", "main", message);
            }
        }
    }

    private List<Object> facts() {
        return driver.values("inventory.events", InventoryEvent.class).stream()
                .map(InventoryEvent::getFact)
                .toList();
    }

    /** On hand, reserved and committed of each product, by the newest view: it follows within half a second. */
    private Map<String, List<Long>> view() {
        driver.advance(Duration.ofMillis(500));
        Map<String, List<Long>> newest = new HashMap<>();
        driver.outputs("stock.view", StockView.class).forEach(output -> {
            StockView view = output.value();
            assertThat(output.key()).isEqualTo(view.getStockLocation() + "/" + view.getProductId());
            assertThat(view.getAdjusted()).isEqualTo(view.getOnHand() + view.getReserved() + view.getCommitted());
            newest.put(view.getProductId(), List.of(view.getOnHand(), view.getReserved(), view.getCommitted()));
        });
        return newest;
    }

    private List<String> deadLetterReasons() {
        return driver.rawOutputs("inventory.dead-letters").stream()
                .map(letter -> EventHeaders.text(letter.headers(), "dl_reason"))
                .toList();
    }

    private int rows(String store) {
        int count = 0;
        try (KeyValueIterator<String, SpecificRecord> rows = driver.store(store).all()) {
            for (; rows.hasNext(); count++) {
                rows.next();
            }
        }
        return count;
    }

    @Test
    void shouldReserveThenCommit() {
        send(adjustment("a-1", "cup", 10), adjustment("a-2", "pot", 5), accepted("o-1", "cup", 2, "pot", 1));
        assertThat(facts()).containsExactly(RESERVED);
        assertThat(view()).isEqualTo(Map.of("cup", List.of(8L, 2L, 0L), "pot", List.of(4L, 1L, 0L)));

        send(commit("o-1"));
        assertThat(facts()).containsExactly(new StockCommitted());
        assertThat(view()).isEqualTo(Map.of("cup", List.of(8L, 0L, 2L), "pot", List.of(4L, 0L, 1L)));
    }

    @Test
    void shouldSayThatWhatWasReservedInTimeStands() {
        send(adjustment("a-1", "cup", 10), accepted("o-1", "cup", 2), release("o-1", true), release("o-1", true));
        assertThat(facts()).containsExactly(RESERVED, new StockStands(), new StockStands());
        assertThat(view()).isEqualTo(Map.of("cup", List.of(8L, 2L, 0L)));

        send(commit("o-1"), release("o-1", true));
        assertThat(facts()).containsExactly(new StockCommitted(), new StockStands());
        assertThat(view()).isEqualTo(Map.of("cup", List.of(8L, 0L, 2L)));
    }

    /** The saga forgets an order a day before its stock does: the id may then be used for another one. */
    @Test
    void shouldReserveForAnotherOrderOfTheSameId() {
        send(adjustment("a-1", "cup", 10), accepted("o-1", "cup", 2), commit("o-1"));
        driver.advance(Duration.ofDays(7));
        Instant again = driver.now();
        facts();

        send(release("o-1", again, true));
        assertThat(facts()).containsExactly(new StockReleased(false));
        assertThat(view()).isEqualTo(Map.of("cup", List.of(8L, 0L, 2L)));

        Instant onceMore = again.plusSeconds(1);
        send(accepted("o-1", onceMore, "cup", 3), commit("o-1", onceMore));
        assertThat(facts())
                .containsExactly(
                        new StockReserved(RESERVED.getCustomer(), RESERVED.getTotal(), onceMore), new StockCommitted());
        assertThat(view()).isEqualTo(Map.of("cup", List.of(5L, 0L, 5L)));
    }

    @Test
    void shouldKnowWhatAnOlderVersionHasWrittenDown() {
        send(
                adjustment("a-1", "cup", 10),
                release("o-1", null, true),
                accepted("o-1", "cup", 2),
                release("o-1", false));
        assertThat(facts()).containsOnly(new StockReleased(false)).hasSize(3);
        assertThat(view()).isEqualTo(Map.of("cup", List.of(10L, 0L, 0L)));
    }

    @Test
    void shouldGiveBackAndSellOnTheWordOfAnOlderVersion() {
        send(adjustment("a-1", "cup", 10), accepted("o-1", "cup", 2), release("o-1", null, false));
        send(accepted("o-2", "cup", 3), commit("o-2", null));
        assertThat(facts())
                .filteredOn(fact -> !(fact instanceof StockReserved))
                .containsExactly(new StockReleased(true), new StockCommitted());
        assertThat(view()).isEqualTo(Map.of("cup", List.of(7L, 0L, 3L)));
    }

    @Test
    void shouldSayToWhomAndWithWhichId() {
        send(adjustment("a-1", "cup", 10), accepted("o-1", "cup", 2), accepted("o-1", "cup", 2));
        var outputs = driver.outputs("inventory.events", InventoryEvent.class);
        assertThat(outputs).hasSize(2).allSatisfy(output -> {
            assertThat(output.key()).isEqualTo("o-1");
            assertThat(output.value().getOrderId()).isEqualTo("o-1");
            assertThat(output.value().getStockLocation()).isEqualTo("main");
            assertThat(EventHeaders.text(output.headers(), "ce_id")).isEqualTo("o-1/stock-reserved");
            assertThat(EventHeaders.text(output.headers(), "ce_type")).isEqualTo("StockReserved");
        });
        assertThat(view()).containsEntry("cup", List.of(8L, 2L, 0L));
    }

    @Test
    void shouldRejectWithEveryShortage() {
        send(adjustment("a-1", "cup", 1), accepted("o-1", "cup", 1, "pot", 2, "cup", 1));
        assertThat(facts())
                .containsExactly(new StockRejected(List.of(new Shortage("cup", 2L, 1L), new Shortage("pot", 2L, 0L))));
        send(adjustment("a-2", "cup", 100), adjustment("a-3", "pot", 100), accepted("o-1", "cup", 2, "pot", 2));
        assertThat(facts()).hasSize(1).first().isInstanceOf(StockRejected.class);
    }

    @Test
    void shouldReleaseWhatIsHeldAndWhatIsSold() {
        send(adjustment("a-1", "cup", 10), accepted("o-1", "cup", 2), accepted("o-2", "cup", 3), commit("o-2"));
        facts();
        send(release("o-1", false), release("o-2", false), release("o-2", false));
        assertThat(facts()).containsExactly(new StockReleased(true), new StockReleased(true), new StockReleased(true));
        assertThat(view()).containsEntry("cup", List.of(10L, 0L, 0L));
    }

    @Test
    void shouldRefuseReservationThatItsReleaseHasOvertaken() {
        send(adjustment("a-1", "cup", 10), release("o-1", true), accepted("o-1", "cup", 2));
        assertThat(facts()).containsExactly(new StockReleased(false), new StockReleased(false));
        assertThat(view()).containsEntry("cup", List.of(10L, 0L, 0L));
    }

    @Test
    void shouldCountAdjustmentOncePerId() {
        send(adjustment("a-1", "cup", 10), adjustment("a-1", "cup", 10));
        assertThat(view()).containsEntry("cup", List.of(10L, 0L, 0L));
        assertThat(deadLetterReasons()).isEmpty();
        send(adjustment("a-1", "cup", 11));
        assertThat(deadLetterReasons()).singleElement().asString().contains("a-1", "another adjustment");
    }

    @Test
    void shouldSetAsideWhatWouldTakeStockBelowZero() {
        send(adjustment("a-1", "cup", 10), accepted("o-1", "cup", 8), adjustment("a-2", "cup", -3));
        assertThat(deadLetterReasons()).singleElement().asString().contains("a-2", "main/cup", "only 2 on hand");
        assertThat(view()).containsEntry("cup", List.of(2L, 8L, 0L));
        send(release("o-1", false), adjustment("a-2", "cup", -3));
        assertThat(view()).containsEntry("cup", List.of(7L, 0L, 0L));
    }

    @Test
    void shouldSetAsideWhatMakesNoSense() {
        send(commit("o-1"), accepted("o-2"), accepted("o-3", "cup", 0), adjustment("a-1", "cup", 0));
        driver.sendBytes("order.accepted", "main".getBytes(StandardCharsets.UTF_8), new byte[] {1, 2, 3});
        assertThat(deadLetterReasons()).hasSize(5);
        assertThat(facts()).isEmpty();
        send(adjustment("a-2", "cup", 1), accepted("o-4", "cup", 1));
        assertThat(facts()).containsExactly(RESERVED);
    }

    @Test
    void shouldForgetWhatIsOver() {
        send(adjustment("a-1", "cup", 10), accepted("o-1", "cup", 1), accepted("o-2", "cup", 1), commit("o-2"));
        send(release("o-3", false), accepted("o-4", "cup", 99), accepted("o-5", "cup", 1), release("o-5", false));
        assertThat(rows("reservations")).isEqualTo(5);
        sweep(settings.closedWindow().minusDays(1));
        assertThat(rows("reservations")).isEqualTo(5);
        assertThat(rows("adjustments")).isEqualTo(1);
        sweep(Duration.ofDays(2));
        assertThat(rows("reservations")).as("only the hold stays").isEqualTo(1);
        sweep(settings.adjustmentWindow());
        assertThat(rows("adjustments")).isZero();
        facts();
        send(release("o-1", false));
        assertThat(facts()).containsExactly(new StockReleased(true));
        assertThat(view()).containsEntry("cup", List.of(9L, 0L, 1L));
    }

    @Test
    void shouldSweepManyRowsInSteps() {
        for (int i = 0; i < 2_500; i++) {
            send(release("o-" + i, false));
        }
        assertThat(rows("reservations")).isEqualTo(2_500);
        sweep(settings.closedWindow().plusDays(2));
        assertThat(rows("reservations")).isZero();
    }

    /** Lets time pass day by day, with a few rounds of the loop at the end of each. */
    private void sweep(Duration time) {
        for (long day = 0; day < time.toDays(); day++) {
            driver.advance(Duration.ofDays(1));
            for (int round = 0; round < 5; round++) {
                driver.advance(Duration.ofMillis(1));
            }
        }
    }

    @Test
    void shouldKeepItsNames() {
        GoldenTopology.assertKept(getClass(), InventoryTopology.definition(settings));
    }
}
