package dev.orderflow.order.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.testing.TaskTestDriver;
import dev.orderflow.durable.testing.TaskTestDriver.Output;
import dev.orderflow.events.CancelOrder;
import dev.orderflow.events.CancelReason;
import dev.orderflow.events.CommitStock;
import dev.orderflow.events.Customer;
import dev.orderflow.events.Fault;
import dev.orderflow.events.InventoryCommand;
import dev.orderflow.events.OrderAccepted;
import dev.orderflow.events.OrderCancelled;
import dev.orderflow.events.OrderCompleted;
import dev.orderflow.events.OrderConfirmed;
import dev.orderflow.events.OrderOutcome;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.OrderRefunded;
import dev.orderflow.events.OrderRequest;
import dev.orderflow.events.OrderSagaState;
import dev.orderflow.events.OrderStatus;
import dev.orderflow.events.OrderView;
import dev.orderflow.events.PaymentCommand;
import dev.orderflow.events.PaymentRefunded;
import dev.orderflow.events.RefundPayment;
import dev.orderflow.events.ReleaseStock;
import dev.orderflow.events.StockCommitted;
import dev.orderflow.events.TimelineEntry;
import dev.orderflow.order.saga.SagaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SagaTopologyTest {

    /** So long a view is held back that nobody waits for. */
    private static final Duration VIEW_PATIENCE = Duration.ofMillis(100);

    private TaskTestDriver driver;

    @BeforeEach
    void start() {
        driver = new TaskTestDriver(SagaDefinition.of(SagaSettings.DEFAULTS, ViewAudience.NOBODY), Facts.START);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void shouldCarryAnOrderFromPlacedToCompleted() {
        driver.send("order.placed", "o-1", Facts.placed("o-1"));
        driver.advance(VIEW_PATIENCE);
        driver.send("inventory.events", "o-1", Facts.reserved("o-1"));
        driver.advance(VIEW_PATIENCE);
        driver.send("payment.events", "o-1", Facts.charged("o-1"));
        driver.send("inventory.events", "o-1", Facts.stock("o-1", new StockCommitted()));
        driver.advance(Duration.ofSeconds(10));

        Output<OrderAccepted> accepted = only(driver.outputs("order.accepted", OrderAccepted.class));
        assertThat(accepted.key()).isEqualTo("main");
        assertThat(accepted.value().getTotals().getTotal()).isEqualTo(Facts.TOTAL);
        OrderConfirmed confirmed = only(driver.values("order.confirmed", OrderConfirmed.class));
        assertThat(confirmed.getChargeId()).isEqualTo("ch-1");
        assertThat(confirmed.getLines()).hasSize(2);
        Output<InventoryCommand> command = only(driver.outputs("inventory.commands", InventoryCommand.class));
        assertThat(command.key()).isEqualTo("main");
        assertThat(command.value().getCommand()).isEqualTo(new CommitStock());
        assertThat(command.value().getAcceptedAt())
                .as("tells the order from another one of its id")
                .isEqualTo(accepted.value().getAcceptedAt());
        OrderCompleted completed = only(driver.values("order.completed", OrderCompleted.class));
        assertThat(completed.getCompletedAt())
                .isAfterOrEqualTo(confirmed.getConfirmedAt().plusSeconds(10));
        assertThat(driver.rawOutputs("payment.commands")).isEmpty();

        List<OrderView> views = driver.values("order.view", OrderView.class);
        assertThat(views)
                .extracting(OrderView::getStatus)
                .containsExactly(
                        OrderStatus.RESERVING,
                        OrderStatus.CHARGING,
                        OrderStatus.CONFIRMED,
                        OrderStatus.CONFIRMED,
                        OrderStatus.COMPLETED);
        assertThat(views).extracting(OrderView::getSequence).isSorted().doesNotHaveDuplicates();
        OrderView last = views.getLast();
        assertThat(last.getOutcome()).isEqualTo(OrderOutcome.CONFIRMED);
        assertThat(last.getTimeline())
                .extracting(TimelineEntry::getStep)
                .containsExactly(
                        "order-accepted",
                        "stock-reserved",
                        "payment-charged",
                        "order-confirmed",
                        "stock-committed",
                        "order-completed");
        TimelineEntry charge = last.getTimeline().get(2);
        assertThat(charge.getTopic()).isEqualTo("payment.events");
        assertThat(charge.getPartition()).isZero();
        assertThat(charge.getOffset()).isZero();
        assertThat(charge.getIdempotencyKey()).isEqualTo("o-1:charge");
    }

    @Test
    void shouldTellWhoeverWaitsAsSoonAsTheViewIsCommitted() {
        List<OrderView> told = new ArrayList<>();
        ViewAudience audience = new ViewAudience() {
            @Override
            public boolean awaits(OrderView view) {
                return view.getOrderId().equals("o-1");
            }

            @Override
            public void committed(OrderView view) {
                told.add(view);
            }
        };
        driver.close();
        driver = new TaskTestDriver(SagaDefinition.of(SagaSettings.DEFAULTS, audience), Facts.START);
        for (String id : List.of("o-1", "o-2")) {
            driver.send("order.placed", id, Facts.placed(id));
            driver.send("inventory.events", id, Facts.reserved(id));
            driver.send("payment.events", id, Facts.charged(id));
        }

        assertThat(told).extracting(OrderView::getStatus).containsExactly(OrderStatus.CONFIRMED);
        assertThat(driver.values("order.view", OrderView.class)).contains(told.getFirst());
    }

    @Test
    void shouldKeepAFewWordsOfAClosedOrderAndForgetItAfterTheWindow() {
        complete("o-1");
        assertThat(stored("o-1")).contains("COMPLETED").doesNotContain("widget");

        driver.advance(Duration.ofDays(6));
        assertThat(stored("o-1")).contains("COMPLETED");
        driver.advance(Duration.ofDays(1));
        driver.advance(Duration.ofHours(1));
        assertThat(stored("o-1")).isEqualTo("null");
        assertThat(timers()).as("what is still set when nothing is left").isLessThanOrEqualTo(1);
    }

    @Test
    void shouldLeaveNoTimerOfAnOrderBehind() {
        complete("o-1");

        assertThat(timers()).as("only the sweep is set").isEqualTo(1);
    }

    @Test
    void shouldGiveEveryRecordAnIdOfItsOwn() {
        driver.send("order.placed", "o-1", Facts.placed("o-1"));
        driver.advance(VIEW_PATIENCE);
        driver.send("inventory.events", "o-1", Facts.reserved("o-1"));
        driver.advance(VIEW_PATIENCE);
        driver.send("payment.events", "o-1", Facts.charged("o-1"));
        driver.send("order.requests", "o-1", Facts.cancel("o-1"));

        List<String> ids = new ArrayList<>();
        for (String topic :
                SagaDefinition.of(SagaSettings.DEFAULTS, ViewAudience.NOBODY).outputTopics()) {
            for (Output<byte[]> record : driver.rawOutputs(topic)) {
                ids.add(new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8));
            }
        }
        Set<String> expected = new HashSet<>();
        for (int sequence = 1; sequence <= ids.size(); sequence++) {
            expected.add("o-1/" + sequence);
        }
        assertThat(ids).doesNotHaveDuplicates().hasSize(9);
        assertThat(new HashSet<>(ids)).isEqualTo(expected);
    }

    @Test
    void shouldCompleteAtOnceWhereDispatchTakesNoTime() {
        driver.close();
        driver = new TaskTestDriver(SagaDefinition.of(dispatchedAtOnce(), ViewAudience.NOBODY), Facts.START);
        driver.send("order.placed", "o-1", Facts.placed("o-1"));
        driver.send("inventory.events", "o-1", Facts.reserved("o-1"));
        driver.send("payment.events", "o-1", Facts.charged("o-1"));
        driver.send("inventory.events", "o-1", Facts.stock("o-1", new StockCommitted()));

        assertThat(driver.rawOutputs("order.confirmed")).hasSize(1);
        assertThat(driver.rawOutputs("order.completed")).hasSize(1);
        assertThat(driver.values("order.view", OrderView.class))
                .extracting(OrderView::getStatus)
                .as("what was over before anybody could look is not shown")
                .containsExactly(OrderStatus.COMPLETED);
        assertThat(driver.rawOutputs("order-saga.dead-letters")).isEmpty();
    }

    @Test
    void shouldNameEveryFaultOfAnInvalidOrderAndTakeACorrectedOne() {
        driver.send("order.placed", "o-1", Facts.faulty("o-1"));

        OrderCancelled cancelled = only(driver.values("order.cancelled", OrderCancelled.class));
        assertThat(cancelled.getReason()).isEqualTo(CancelReason.INVALID);
        assertThat(cancelled.getFaults())
                .extracting(Fault::getField)
                .containsExactly("userId", "currency", "items[0].quantity", "items[0].price");
        OrderView rejected = only(driver.values("order.view", OrderView.class));
        assertThat(rejected.getStatus()).isEqualTo(OrderStatus.REJECTED);
        assertThat(rejected.getOutcome()).isEqualTo(OrderOutcome.CANCELLED);
        assertThat(rejected.getFaults()).hasSize(4);

        driver.send("order.placed", "o-1", Facts.faulty("o-1"));
        assertThat(driver.rawOutputs("order.cancelled"))
                .as("the same faulty order again")
                .isEmpty();

        driver.send("order.placed", "o-1", Facts.placed("o-1"));
        assertThat(driver.rawOutputs("order.accepted")).hasSize(1);
        driver.advance(VIEW_PATIENCE);
        assertThat(only(driver.values("order.view", OrderView.class)).getSequence())
                .isEqualTo(4);
    }

    @Test
    void shouldNameTheLinesThatAreShort() {
        driver.send("order.placed", "o-1", Facts.placed("o-1"));
        driver.send("inventory.events", "o-1", Facts.rejected("o-1"));

        OrderCancelled cancelled = only(driver.values("order.cancelled", OrderCancelled.class));
        assertThat(cancelled.getReason()).isEqualTo(CancelReason.OUT_OF_STOCK);
        assertThat(cancelled.getDetail()).isEqualTo("out of stock: widget (1 of 2)");
        assertThat(cancelled.getShortages()).hasSize(1);
    }

    @Test
    void shouldPayBackWhatIsChargedAfterTheEndByWhenTheOrderWasAccepted() {
        driver.send("order.placed", "o-1", Facts.placed("o-1"));
        driver.send("inventory.events", "o-1", Facts.rejected("o-1"));
        driver.send("payment.events", "o-1", Facts.charged("o-1"));

        PaymentCommand command = only(driver.values("payment.commands", PaymentCommand.class));
        assertThat(command.getCommand()).isInstanceOf(RefundPayment.class);
        assertThat(command.getAcceptedAt())
                .isEqualTo(only(driver.values("order.accepted", OrderAccepted.class))
                        .getAcceptedAt());
    }

    @Test
    void shouldAskBeforeItGivesUpAnOrderThatIsLate() {
        driver.send("order.placed", "o-1", Facts.placed("o-1"));
        driver.advance(Duration.ofSeconds(10));

        InventoryCommand command = only(driver.values("inventory.commands", InventoryCommand.class));
        assertThat(command.getCommand()).isEqualTo(new ReleaseStock(true));
        driver.send("inventory.events", "o-1", Facts.released("o-1"));
        assertThat(only(driver.values("order.cancelled", OrderCancelled.class)).getReason())
                .isEqualTo(CancelReason.TIMEOUT);
    }

    @Test
    void shouldPayBackACompletedOrderFromTheViewThatComesWithTheRequest() {
        OrderView seen = complete("o-1");

        driver.send("order.requests", "o-1", Facts.refund("o-1", seen));
        PaymentCommand command = only(driver.values("payment.commands", PaymentCommand.class));
        assertThat(command.getCommand()).isEqualTo(new RefundPayment("broken"));
        assertThat(command.getAcceptedAt()).isEqualTo(seen.getCreatedAt());
        driver.send("payment.events", "o-1", Facts.payment("o-1", new PaymentRefunded("ch-1", "re-1", money())));

        OrderRefunded refunded = only(driver.values("order.refunded", OrderRefunded.class));
        assertThat(refunded.getRefundId()).isEqualTo("re-1");
        assertThat(refunded.getReason()).isEqualTo("broken");
        assertThat(refunded.getLines()).hasSize(2);
        OrderView last = driver.values("order.view", OrderView.class).getLast();
        assertThat(last.getStatus()).isEqualTo(OrderStatus.REFUNDED);
        assertThat(last.getOutcome()).isEqualTo(OrderOutcome.CONFIRMED);
        assertThat(last.getDetail()).isEqualTo("broken");
    }

    @Test
    void shouldNotPayBackFromAViewThatIsNotTheNewest() {
        OrderView seen = complete("o-1");
        seen.setSequence(seen.getSequence() - 1);

        driver.send("order.requests", "o-1", Facts.refund("o-1", seen));

        assertThat(driver.rawOutputs("payment.commands")).isEmpty();
        assertThat(reasonOf(only(driver.rawOutputs("order-saga.dead-letters"))))
                .contains("load the order and ask again");
    }

    @Test
    void shouldDispatchOnRequest() {
        driver.send("order.placed", "o-1", Facts.placed("o-1"));
        driver.send("inventory.events", "o-1", Facts.reserved("o-1"));
        driver.send("payment.events", "o-1", Facts.charged("o-1"));
        driver.send("order.requests", "o-1", Facts.dispatch("o-1"));

        assertThat(driver.rawOutputs("order.completed")).hasSize(1);
        driver.advance(Duration.ofMinutes(1));
        assertThat(driver.rawOutputs("order.completed")).isEmpty();
    }

    @Test
    void shouldSetAsideAnOrderOlderThanTheWindow() {
        driver.send("order.placed", "o-1", Facts.placed("o-1", 2, Facts.START.minus(Duration.ofDays(8))));

        assertThat(reasonOf(only(driver.rawOutputs("order-saga.dead-letters")))).contains("dedup window");
        assertThat(driver.rawOutputs("order.view")).isEmpty();
    }

    @Test
    void shouldSetAsideWhatIsAboutNoOrder() {
        driver.send("payment.events", "o-9", Facts.charged("o-9"));
        driver.send("order.placed", "no id", Facts.placed("no id"));

        assertThat(driver.rawOutputs("order-saga.dead-letters")).hasSize(2);
    }

    @Test
    void shouldLetTheFirstStandWhenAnotherOrderComesUnderItsId() {
        driver.send("order.placed", "o-1", Facts.placed("o-1"));
        driver.send("order.placed", "o-1", Facts.placed("o-1"));
        driver.advance(VIEW_PATIENCE);
        assertThat(driver.rawOutputs("order.view")).as("the same order again").hasSize(1);

        driver.send("order.placed", "o-1", Facts.placed("o-1", 3, Facts.START));
        driver.advance(VIEW_PATIENCE);
        OrderView view = only(driver.values("order.view", OrderView.class));
        assertThat(view.getTimeline().getLast().getStep()).isEqualTo("content-conflict");
        assertThat(view.getLines().getFirst().getQuantity()).isEqualTo(2);
        assertThat(driver.rawOutputs("order.accepted")).hasSize(1);
    }

    @Test
    void shouldWriteSmallRecordsAboutALargeFault() {
        OrderPlaced large = Facts.faulty("o-1");
        large.setCustomer(new Customer("x".repeat(1_000_000), "pm-1", null));
        large.setStockLocation("y".repeat(1_000));
        driver.send("order.placed", "o-1", large);

        assertThat(only(driver.rawOutputs("order.cancelled")).value()).hasSizeLessThan(5_000);
        assertThat(only(driver.rawOutputs("order.view")).value()).hasSizeLessThan(5_000);
    }

    @Test
    void shouldWriteSmallRecordsAboutALongReason() {
        driver.send("order.placed", "o-1", Facts.placed("o-1"));
        OrderRequest cancel = Facts.cancel("o-1");
        cancel.setRequestId("r".repeat(10_000));
        cancel.setRequest(new CancelOrder("because ".repeat(100_000)));
        driver.send("order.requests", "o-1", cancel);
        assertThat(driver.values("order.view", OrderView.class).getLast().getStatus())
                .isEqualTo(OrderStatus.CANCELLING);

        driver.send("order.requests", "o-1", cancel);
        assertThat(driver.rawOutputs("order.view")).as("a double click").isEmpty();
        assertThat(only(driver.rawOutputs("payment.commands")).value()).hasSizeLessThan(5_000);
    }

    private OrderView complete(String orderId) {
        driver.send("order.placed", orderId, Facts.placed(orderId));
        driver.send("inventory.events", orderId, Facts.reserved(orderId));
        driver.send("payment.events", orderId, Facts.charged(orderId));
        driver.advance(Duration.ofSeconds(10));
        OrderView last = driver.values("order.view", OrderView.class).getLast();
        assertThat(last.getStatus()).isEqualTo(OrderStatus.COMPLETED);
        return last;
    }

    private String stored(String orderId) {
        return String.valueOf(driver.<OrderSagaState>store("order-saga").get(orderId));
    }

    private int timers() {
        int count = 0;
        try (KeyValueIterator<?, ?> timers = driver.store("timers").all()) {
            while (timers.hasNext()) {
                timers.next();
                count++;
            }
        }
        return count;
    }

    private static dev.orderflow.events.Money money() {
        return new dev.orderflow.events.Money(Facts.TOTAL, "USD");
    }

    private static SagaSettings dispatchedAtOnce() {
        SagaSettings usual = SagaSettings.DEFAULTS;
        return new SagaSettings(
                usual.reserveDeadline(),
                usual.paymentDeadline(),
                usual.pendingWindow(),
                Duration.ZERO,
                usual.dedupWindow(),
                usual.undoRepeat(),
                usual.taxBasisPoints(),
                usual.currency(),
                usual.stockLocation());
    }

    private static String reasonOf(Output<byte[]> deadLetter) {
        StringBuilder headers = new StringBuilder();
        deadLetter
                .headers()
                .forEach(header -> headers.append(header.key())
                        .append('=')
                        .append(new String(header.value(), StandardCharsets.UTF_8))
                        .append('\n'));
        return headers.toString();
    }

    private static <T> T only(List<T> list) {
        assertThat(list).hasSize(1);
        return list.getFirst();
    }
}
