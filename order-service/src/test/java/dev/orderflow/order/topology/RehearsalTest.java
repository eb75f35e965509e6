package dev.orderflow.order.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.events.InventoryEvent;
import dev.orderflow.events.Money;
import dev.orderflow.events.PaymentAttemptFailed;
import dev.orderflow.events.PaymentCancelling;
import dev.orderflow.events.PaymentCharged;
import dev.orderflow.events.PaymentDeclined;
import dev.orderflow.events.PaymentEvent;
import dev.orderflow.events.PaymentRefunded;
import dev.orderflow.events.PaymentVoided;
import dev.orderflow.events.StockCommitted;
import dev.orderflow.events.StockReleased;
import dev.orderflow.order.rehearsal.Difference;
import dev.orderflow.order.rehearsal.FieldChange;
import dev.orderflow.order.rehearsal.NotJudged;
import dev.orderflow.order.rehearsal.Tally;
import dev.orderflow.order.rehearsal.Value;
import dev.orderflow.order.rehearsal.Verdict;
import dev.orderflow.order.saga.SagaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Given these recorded messages, this is what other settings would lead to. */
class RehearsalTest {

    private static final String ORDER = RecordedSaga.ORDER;
    private static final SagaSettings USUAL = SagaSettings.DEFAULTS;
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    private RecordedSaga saga = new RecordedSaga(USUAL);

    @AfterEach
    void stop() {
        saga.close();
    }

    @Test
    void shouldFindNothingWhereNothingIsDifferent() {
        completed();
        assertSame(saga.rehearsed(USUAL), 4);
    }

    @Test
    void shouldFindNothingInADeclinedOrder() {
        reserved()
                .reads("payment.events", Facts.payment(ORDER, new PaymentAttemptFailed(1, "timed out", Facts.START)))
                .reads("payment.events", Facts.payment(ORDER, new PaymentAttemptFailed(2, "timed out", Facts.START)))
                .reads("payment.events", Facts.payment(ORDER, new PaymentDeclined("card refused")))
                .waits(A_MOMENT)
                .reads("payment.events", Facts.payment(ORDER, new PaymentCancelling()))
                .reads("inventory.events", Facts.stock(ORDER, new StockReleased(true)))
                .reads("payment.events", Facts.payment(ORDER, new PaymentVoided()));
        assertSame(saga.rehearsed(USUAL), 8);
    }

    @Test
    void shouldFindNothingInAnOrderThatIsRejectedAndThenCorrected() {
        saga.reads("order.placed", Facts.faulty(ORDER))
                .reads("order.placed", Facts.faulty(ORDER))
                .waits(A_MOMENT)
                .reads("order.placed", Facts.placed(ORDER))
                .waits(A_MOMENT)
                .reads("inventory.events", Facts.rejected(ORDER))
                .reads("payment.events", Facts.charged(ORDER));
        assertSame(saga.rehearsed(USUAL), 5);
    }

    @Test
    void shouldFindNothingInARefundAndInRequestsThatAreSetAside() {
        completed();
        saga.waits(A_MOMENT)
                .reads("order.requests", Facts.cancel(ORDER))
                .reads("order.placed", Facts.placed(ORDER, 3, Facts.START))
                .waits(A_MOMENT)
                .reads("order.requests", Facts.refund(ORDER, saga.shown()))
                .waits(A_MOMENT)
                .reads("payment.events", refunded());
        assertSame(saga.rehearsed(USUAL), 8);
    }

    @Test
    void shouldFindNothingInAnOrderThatRanOutOfTime() {
        saga.reads("order.placed", Facts.placed(ORDER))
                .waits(Duration.ofSeconds(75))
                .reads("inventory.events", Facts.released(ORDER));
        assertSame(saga.rehearsed(USUAL), 2);
    }

    @Test
    void shouldFindNothingWhereTheSagaWasDownWhenItsTimerWasDue() {
        saga.reads("order.placed", Facts.placed(ORDER))
                .waits(A_MOMENT)
                .reads("inventory.events", Facts.reserved(ORDER))
                .reads("payment.events", Facts.charged(ORDER))
                .isDown(Duration.ofHours(9))
                .waits(A_MOMENT);
        assertSame(saga.rehearsed(USUAL), 3);
    }

    @Test
    void shouldShowAnotherTaxInAllThatCarriesIt() {
        completed();

        Verdict verdict = saga.rehearsed(with(900, USUAL.paymentDeadline(), USUAL.dispatchDuration()));

        assertThat(differences(verdict))
                .extracting(each -> each.record().type())
                .containsExactly("OrderAccepted", "OrderConfirmed", "OrderCompleted");
        assertThat(differences(verdict))
                .allSatisfy(each -> assertThat(changes(each))
                        .containsExactly(
                                change("totals.taxBasisPoints", "800", "900"),
                                change("totals.tax", "480", "540"),
                                change("totals.total", "6479", "6539")));
    }

    @Test
    void shouldStillTellAChargeOfAnotherAmount() {
        reserved()
                .reads(
                        "payment.events",
                        Facts.payment(ORDER, new PaymentCharged("ch-1", new Money(Facts.TOTAL - 1, "USD"))));

        Verdict verdict = saga.rehearsed(with(900, USUAL.paymentDeadline(), USUAL.dispatchDuration()));

        assertThat(differences(verdict))
                .extracting(each -> each.record().type())
                .as("it was undone, and is undone, for another reason")
                .containsExactly("OrderAccepted", "RefundPayment");
    }

    @Test
    void shouldAskForAnUndoBeforeALateCharge() {
        reserved()
                .waits(Duration.ofSeconds(15))
                .reads("payment.events", Facts.charged(ORDER))
                .waits(Duration.ofSeconds(11));

        Verdict verdict = saga.rehearsed(with(800, Duration.ofSeconds(5), USUAL.dispatchDuration()));

        assertThat(differences(verdict)).singleElement().isInstanceOfSatisfying(Difference.Added.class, added -> {
            assertThat(added.record().type()).isEqualTo("CancelPayment");
            assertThat(added.record().content()).containsEntry("command.unlessDone", new Value("true", true));
        });
    }

    @Test
    void shouldSayWhenAnOrderIsDispatchedLater() {
        completed();

        Verdict verdict = saga.rehearsed(with(800, USUAL.paymentDeadline(), Duration.ofMinutes(10)));

        assertThat(differences(verdict)).singleElement().satisfies(each -> {
            assertThat(each.record().type()).isEqualTo("OrderCompleted");
            assertThat(changes(each)).containsExactly(change("when", "as recorded", "10 min later"));
        });
    }

    @Test
    void shouldSayWhenAnOrderIsDispatchedSooner() {
        completed();

        Verdict verdict = saga.rehearsed(with(800, USUAL.paymentDeadline(), Duration.ofSeconds(4)));

        assertThat(differences(verdict))
                .singleElement()
                .satisfies(each ->
                        assertThat(changes(each)).containsExactly(change("when", "as recorded", "6 s earlier")));
    }

    @Test
    void shouldShowAnotherPlaceInAllThatCarriesIt() {
        saga.close();
        saga = new RecordedSaga(located("berlin"));
        saga.reads("order.placed", Facts.placed(ORDER)).waits(A_MOMENT);
        saga.reads("inventory.events", elsewhere(Facts.reserved(ORDER)))
                .reads("payment.events", Facts.charged(ORDER))
                .waits(Duration.ofSeconds(11));

        Verdict verdict = saga.rehearsed(located("hamburg"));

        assertThat(differences(verdict))
                .extracting(each -> each.record().topic())
                .containsExactly("order.accepted", "order.confirmed", "inventory.commands", "order.completed");
    }

    @Test
    void shouldReplayNoAnswersToAnOrderThatIsNotAcceptedAnyMore() {
        long price = 5_000_000_000_000_000_000L;
        saga.reads("order.placed", Facts.placedFor(ORDER, price))
                .reads("inventory.events", Facts.reserved(ORDER))
                .reads(
                        "payment.events",
                        Facts.payment(ORDER, new PaymentCharged("ch-1", new Money(price + price / 100 * 8, "USD"))))
                .waits(Duration.ofSeconds(11));

        Verdict verdict = saga.rehearsed(with(10_000, USUAL.paymentDeadline(), USUAL.dispatchDuration()));

        assertThat(differences(verdict).stream()
                        .map(each -> (each instanceof Difference.Added ? "+" : "-")
                                + each.record().type()))
                .containsExactlyInAnyOrder(
                        "+OrderCancelled", "-OrderAccepted", "-OrderConfirmed", "-CommitStock", "-OrderCompleted");
    }

    @Test
    void shouldNotJudgeAnOrderWhoseBeginningIsGone() {
        completed();

        assertThat(saga.rehearsed(USUAL, saga.withoutThePlacing()))
                .isEqualTo(new Verdict.Unknown(NotJudged.BEGAN_EARLIER));
    }

    @Test
    void shouldNotJudgeAnOrderThatNobodyHasRead() {
        saga.misses("order.placed", Facts.placed(ORDER));

        assertThat(saga.rehearsed(USUAL)).isEqualTo(new Verdict.Unknown(NotJudged.UNREAD));
    }

    @Test
    void shouldCompareAnOrderThatIsUnderWayAsFarAsItIs() {
        reserved().misses("payment.events", Facts.charged(ORDER));

        assertSame(saga.rehearsed(USUAL), 2);
        assertThat(differences(saga.rehearsed(with(900, USUAL.paymentDeadline(), USUAL.dispatchDuration()))))
                .extracting(each -> each.record().type())
                .containsExactly("OrderAccepted");
    }

    @Test
    void shouldCountOrdersThatDifferInTheSameWay() {
        completed();
        SagaSettings taxed = with(900, USUAL.paymentDeadline(), USUAL.dispatchDuration());
        Tally tally = new Tally();
        for (int i = 0; i < 1_000; i++) {
            tally.add("a-" + i, saga.rehearsed(taxed));
        }
        tally.add("b", saga.rehearsed(USUAL));
        tally.add("c", saga.rehearsed(with(800, USUAL.paymentDeadline(), Duration.ofMinutes(10))));

        assertThat(tally.orders()).isEqualTo(1_002);
        assertThat(tally.same()).isOne();
        assertThat(tally.groups()).hasSize(2);
        assertThat(tally.groups().getFirst().orders()).isEqualTo(1_000);
        assertThat(tally.groups().getFirst().examples()).containsExactly("a-0", "a-1", "a-2", "a-3", "a-4");
        assertThat(tally.groups().getFirst().lines()).hasSize(3);
    }

    private RecordedSaga reserved() {
        return saga.reads("order.placed", Facts.placed(ORDER))
                .waits(A_MOMENT)
                .reads("inventory.events", Facts.reserved(ORDER))
                .waits(A_MOMENT);
    }

    private void completed() {
        reserved()
                .reads("payment.events", Facts.charged(ORDER))
                .reads("inventory.events", Facts.stock(ORDER, new StockCommitted()))
                .waits(Duration.ofSeconds(15));
    }

    private static PaymentEvent refunded() {
        return Facts.payment(ORDER, new PaymentRefunded("ch-1", "re-1", new Money(Facts.TOTAL, "USD")));
    }

    private static InventoryEvent elsewhere(InventoryEvent event) {
        event.setStockLocation("berlin");
        return event;
    }

    private static SagaSettings with(int taxBasisPoints, Duration paymentDeadline, Duration dispatchDuration) {
        return new SagaSettings(
                USUAL.reserveDeadline(),
                paymentDeadline,
                USUAL.pendingWindow(),
                dispatchDuration,
                USUAL.dedupWindow(),
                USUAL.undoRepeat(),
                taxBasisPoints,
                USUAL.currency(),
                USUAL.stockLocation());
    }

    private static SagaSettings located(String location) {
        return new SagaSettings(
                USUAL.reserveDeadline(),
                USUAL.paymentDeadline(),
                USUAL.pendingWindow(),
                USUAL.dispatchDuration(),
                USUAL.dedupWindow(),
                USUAL.undoRepeat(),
                USUAL.taxBasisPoints(),
                USUAL.currency(),
                location);
    }

    private static void assertSame(Verdict verdict, int messages) {
        assertThat(verdict).isEqualTo(new Verdict.Same(messages, false));
    }

    private static List<Difference> differences(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Differs.class);
        return ((Verdict.Differs) verdict).differences();
    }

    private static List<FieldChange> changes(Difference difference) {
        assertThat(difference).isInstanceOf(Difference.Changed.class);
        return ((Difference.Changed) difference)
                .changes().stream().map(RehearsalTest::withoutWord).toList();
    }

    private static FieldChange change(String path, String recorded, String rehearsed) {
        return new FieldChange(path, Optional.of(new Value(recorded, false)), Optional.of(new Value(rehearsed, false)));
    }

    private static FieldChange withoutWord(FieldChange change) {
        return new FieldChange(
                change.path(),
                change.recorded().map(value -> new Value(value.text(), false)),
                change.rehearsed().map(value -> new Value(value.text(), false)));
    }
}
