package dev.orderflow.order.saga;

import static dev.orderflow.order.saga.Messages.asked;
import static dev.orderflow.order.saga.Messages.attemptFailed;
import static dev.orderflow.order.saga.Messages.cancel;
import static dev.orderflow.order.saga.Messages.cancelling;
import static dev.orderflow.order.saga.Messages.charged;
import static dev.orderflow.order.saga.Messages.chargedTooMuch;
import static dev.orderflow.order.saga.Messages.committed;
import static dev.orderflow.order.saga.Messages.declined;
import static dev.orderflow.order.saga.Messages.dispatch;
import static dev.orderflow.order.saga.Messages.held;
import static dev.orderflow.order.saga.Messages.pending;
import static dev.orderflow.order.saga.Messages.placed;
import static dev.orderflow.order.saga.Messages.placedDifferently;
import static dev.orderflow.order.saga.Messages.placedInvalid;
import static dev.orderflow.order.saga.Messages.refund;
import static dev.orderflow.order.saga.Messages.refunded;
import static dev.orderflow.order.saga.Messages.released;
import static dev.orderflow.order.saga.Messages.releasedNothing;
import static dev.orderflow.order.saga.Messages.reserved;
import static dev.orderflow.order.saga.Messages.retry;
import static dev.orderflow.order.saga.Messages.stockRejected;
import static dev.orderflow.order.saga.Messages.voided;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.order.saga.Output.Accepted;
import dev.orderflow.order.saga.Output.CancelPayment;
import dev.orderflow.order.saga.Output.Cancelled;
import dev.orderflow.order.saga.Output.CommitStock;
import dev.orderflow.order.saga.Output.Completed;
import dev.orderflow.order.saga.Output.Confirmed;
import dev.orderflow.order.saga.Output.RefundPayment;
import dev.orderflow.order.saga.Output.Refunded;
import dev.orderflow.order.saga.Output.ReleaseStock;
import dev.orderflow.order.saga.Output.RetryPayment;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Given these messages, expect these messages. */
class OrderSagaTest {

    private static final Output RELEASE = new ReleaseStock("main", false);
    private static final Output RELEASE_UNLESS_DONE = new ReleaseStock("main", true);
    private static final Output CANCEL_UNLESS_DONE = new CancelPayment(true, "timeout");

    @Test
    void shouldCarryAnOrderToItsEnd() {
        Life order = new Life();

        assertThat(order.sends(placed())).containsExactly(new Accepted());
        assertThat(order.sends(reserved())).isEmpty();
        assertThat(order.sends(charged())).containsExactly(new Confirmed(), new CommitStock("main"));
        assertThat(order.shown().outcome()).isEqualTo(Outcome.CONFIRMED);
        assertThat(order.sends(committed())).isEmpty();
        assertThat(order.sendsAfter(Duration.ofSeconds(10))).containsExactly(new Completed());
        assertThat(order.status()).isEqualTo(Status.COMPLETED);
        assertThat(CompletedSteps.of(order.steps().stream().map(Step::text).toList()))
                .containsExactly("accept", "reserve", "charge", "confirm", "commit", "dispatch");
    }

    @Test
    void shouldUndoADeclinedOrderInReverseAndWaitForIt() {
        Life order = Life.of(placed(), reserved());

        assertThat(order.sends(declined())).containsExactly(new CancelPayment(false, "card refused"), RELEASE);
        assertThat(order.sends(released())).isEmpty();
        assertThat(order.sends(cancelling())).isEmpty();
        assertThat(order.status()).isEqualTo(Status.CANCELLING);
        assertThat(order.sends(voided())).containsExactly(new Cancelled());
        assertThat(order.shown().ending()).isEqualTo(Ending.of(CancelReason.PAYMENT_DECLINED, "card refused"));
    }

    @Test
    void shouldTakeAPaymentFactAsProofOfTheReservation() {
        Life order = Life.of(placed());

        assertThat(order.sends(charged())).containsExactly(new Confirmed(), new CommitStock("main"));
        assertThat(order.sends(reserved())).as("the reservation, read late").isEmpty();
        assertThat(order.steps()).endsWith(Step.ORDER_CONFIRMED, Step.STOCK_RESERVED);
    }

    @Test
    void shouldGoOnWhenItWasDoneInTime() {
        Life order = Life.of(placed());
        assertThat(order.sendsAfter(Duration.ofSeconds(10))).containsExactly(RELEASE_UNLESS_DONE);
        assertThat(order.sends(reserved())).isEmpty();
        assertThat(order.status()).isEqualTo(Status.CHARGING);

        assertThat(order.sendsAfter(Duration.ofSeconds(30))).containsExactly(CANCEL_UNLESS_DONE);
        assertThat(order.sends(charged())).containsExactly(new Confirmed(), new CommitStock("main"));
    }

    @Test
    void shouldEndAnOrderThatWasNeverReserved() {
        Life order = Life.of(placed()).wait(Duration.ofSeconds(10));

        assertThat(order.sends(releasedNothing())).containsExactly(new Cancelled());
        assertThat(order.shown().ending().reason()).isEqualTo(CancelReason.TIMEOUT);
    }

    @Test
    void shouldReleaseStockAsSoonAsNothingCanStayCharged() {
        Life order = Life.of(placed(), reserved()).wait(Duration.ofSeconds(30));

        assertThat(order.sends(cancelling())).containsExactly(RELEASE);
        assertThat(order.sends(released())).isEmpty();
        assertThat(order.sends(refunded())).containsExactly(new Cancelled());
        assertThat(order.shown().refundId()).isEqualTo("re-1");
    }

    @Test
    void shouldNotGoBackToChargingForAReservationReadTwice() {
        Life order = Life.of(placed(), reserved()).wait(Duration.ofSeconds(30));

        assertThat(order.on(reserved())).isEqualTo(new Decision.Unchanged());
        assertThat(order.status()).isEqualTo(Status.EXPIRING);
    }

    @Test
    void shouldWaitForACustomerForDays() {
        Life order = Life.of(placed(), reserved(), pending());

        assertThat(order.shown().paymentUrl()).isEqualTo("https://pay.example/1");
        assertThat(order.sendsAfter(Duration.ofDays(6))).isEmpty();
        assertThat(order.sendsAfter(Duration.ofDays(1))).containsExactly(CANCEL_UNLESS_DONE);
    }

    @Test
    void shouldNotCountTheTimeBehindOurOwnBrake() {
        Life order = Life.of(placed(), reserved(), held());

        assertThat(order.sendsAfter(Duration.ofDays(3))).isEmpty();
        assertThat(order.sends(attemptFailed())).isEmpty();
        assertThat(order.sendsAfter(Duration.ofSeconds(29))).isEmpty();
        assertThat(order.sendsAfter(Duration.ofSeconds(1))).containsExactly(CANCEL_UNLESS_DONE);
    }

    @Test
    void shouldCancelOnRequestAtEveryStepBeforeDispatch() {
        assertThat(Life.of(placed()).sends(cancel()))
                .containsExactly(new CancelPayment(false, "cancel requested"), RELEASE);
        assertThat(Life.of(placed(), reserved()).sends(cancel()))
                .containsExactly(new CancelPayment(false, "cancel requested"), RELEASE);
        assertThat(Life.of(placed()).wait(Duration.ofSeconds(10)).sends(cancel()))
                .containsExactly(new CancelPayment(false, "cancel requested"), RELEASE);
        Life confirmed = Life.of(placed(), reserved(), charged());
        assertThat(confirmed.sends(cancel())).containsExactly(new RefundPayment("cancel requested"), RELEASE);
        assertThat(confirmed.shown().outcome()).as("until it is undone").isEqualTo(Outcome.CONFIRMED);
        assertThat(confirmed.then(committed(), released()).sends(refunded())).containsExactly(new Cancelled());
        assertThat(confirmed.shown().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void shouldWaitForTheUndoOfWhatCameLate() {
        Life order = Life.of(placed(), cancel());

        assertThat(order.sends(reserved())).isEmpty();
        assertThat(order.sends(charged())).isEmpty();
        assertThat(order.sends(released())).isEmpty();
        assertThat(order.sends(cancelling())).isEmpty();
        assertThat(order.sends(refunded())).containsExactly(new Cancelled());
    }

    @Test
    void shouldPayBackAChargeThatTurnsUpAfterItWasVoided() {
        Life order = Life.of(placed(), reserved(), declined(), voided());

        assertThat(order.sends(charged())).containsExactly(new RefundPayment("charged after it was undone"));
        assertThat(order.sends(released())).isEmpty();
        assertThat(order.sends(refunded())).containsExactly(new Cancelled());
    }

    @Test
    void shouldPayBackAChargeOfAnOrderThatHasEnded() {
        Life order = Life.of(placed(), stockRejected());

        assertThat(order.sends(charged("ch-9")))
                .containsExactly(new RefundPayment("charged after the order had ended"));
        assertThat(order.on(charged("ch-9"))).as("the same again").isEqualTo(new Decision.Unchanged());
    }

    @Test
    void shouldNotConfirmAnOrderThatWasChargedWrongly() {
        Life order = Life.of(placed(), reserved());
        String difference = "charged 7000 USD in minor units instead of 6479 USD in minor units";

        assertThat(order.sends(chargedTooMuch())).containsExactly(new RefundPayment(difference), RELEASE);
    }

    @Test
    void shouldEndAnOrderThatIsOutOfStock() {
        Life order = Life.of(placed());

        assertThat(order.sends(stockRejected())).containsExactly(new Cancelled());
        assertThat(order.shown().ending().shortages()).containsExactly(new Shortage("widget", 2, 1));
        assertThat(order.shown().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void shouldRepeatAnUndoUntilItIsAnsweredLessAndLessOften() {
        Life order = Life.of(placed(), reserved(), declined());
        Output cancelPayment = new CancelPayment(false, "card refused");

        assertThat(order.sendsAfter(Duration.ofMinutes(1))).containsExactly(cancelPayment, RELEASE);
        order.then(released());
        assertThat(order.sendsAfter(Duration.ofMinutes(1))).isEmpty();
        assertThat(order.sendsAfter(Duration.ofMinutes(1))).containsExactly(cancelPayment);
        order.then(cancelling());
        assertThat(order.sendsAfter(Duration.ofDays(1)))
                .as("payment has taken it on itself")
                .isEmpty();
        assertThat(order.sends(voided())).containsExactly(new Cancelled());
    }

    @Test
    void shouldTryAgainOnRequestButNeverAPaymentThatIsUndone() {
        assertThat(Life.of(placed(), reserved()).sends(retry())).containsExactly(new RetryPayment());
        assertThat(Life.of(placed(), reserved(), declined()).sends(retry()))
                .containsExactly(new CancelPayment(false, "card refused"), RELEASE);
    }

    @Test
    void shouldPayBackACompletedOrder() {
        Life order = Life.of(placed(), reserved(), charged(), dispatch());
        assertThat(order.status()).isEqualTo(Status.COMPLETED);

        assertThat(order.sends(refund(order.shown()))).containsExactly(new RefundPayment("broken"));
        assertThat(order.status()).isEqualTo(Status.REFUNDING);
        assertThat(order.sends(cancelling())).isEmpty();
        assertThat(order.sends(refunded())).containsExactly(new Refunded());
        assertThat(order.status()).isEqualTo(Status.REFUNDED);
        assertThat(order.shown().outcome()).isEqualTo(Outcome.CONFIRMED);
    }

    @Test
    void shouldEndARefundOfMoneyThatTheProviderDoesNotHold() {
        Life order = Life.of(placed(), reserved(), charged(), dispatch());
        order.then(refund(order.shown()));
        assertThat(order.sends(cancelling())).isEmpty();
        assertThat(order.sends(voided())).containsExactly(new Refunded());
        assertThat(order.status()).isEqualTo(Status.REFUNDED);
        assertThat(order.shown().refundId()).startsWith("none:");
        assertThat(order.sendsAfter(Duration.ofDays(1))).isEmpty();
    }

    @Test
    void shouldSayWhyARequestIsRefused() {
        Life order = Life.of(placed(), reserved(), charged());

        assertThat(order.sends(refund(null))).isEmpty();
        assertThat(order.shown().timeline().getLast().step()).isEqualTo(Step.REQUEST_REFUSED);
        assertThat(order.shown().timeline().getLast().detail())
                .isEqualTo("refund refused: the order is not dispatched: cancel it instead");
        assertThat(order.on(refund(null))).as("a double click").isEqualTo(new Decision.Unchanged());
    }

    @Test
    void shouldReportACancelThatComesTooLate() {
        Life order = Life.of(placed(), reserved(), charged(), dispatch());

        assertThat(order.on(cancel()))
                .isEqualTo(
                        new Decision.Unusable("cannot cancel it: the order is dispatched: ask for a refund instead"));
    }

    @Test
    void shouldTakeACorrectedOrderUnderTheSameId() {
        Life order = new Life();

        assertThat(order.sends(placedInvalid())).containsExactly(new Cancelled());
        assertThat(order.status()).isEqualTo(Status.REJECTED);
        assertThat(order.on(placedInvalid())).isEqualTo(new Decision.Unchanged());
        assertThat(order.sends(placed())).containsExactly(new Accepted());
        assertThat(order.state().sequence()).as("goes on").isEqualTo(4);
    }

    @Test
    void shouldLetTheFirstOrderStand() {
        Life order = Life.of(placed());

        assertThat(order.on(placed())).isEqualTo(new Decision.Unchanged());
        assertThat(order.sends(placedDifferently())).isEmpty();
        assertThat(order.steps()).containsExactly(Step.ORDER_ACCEPTED, Step.CONTENT_CONFLICT);
        Life closed = Life.of(placed(), stockRejected());
        assertThat(closed.on(placed())).isEqualTo(new Decision.Unchanged());
        assertThat(closed.on(placedDifferently())).isInstanceOf(Decision.Unusable.class);
    }

    @Test
    void shouldCompleteAtOnceWhereDispatchTakesNoTime() {
        SagaSettings usual = SagaSettings.DEFAULTS;
        Life order = new Life(new SagaSettings(
                        usual.reserveDeadline(),
                        usual.paymentDeadline(),
                        usual.pendingWindow(),
                        Duration.ZERO,
                        usual.dedupWindow(),
                        usual.undoRepeat(),
                        usual.taxBasisPoints(),
                        usual.currency(),
                        usual.stockLocation()))
                .then(placed(), reserved());

        assertThat(order.sends(charged())).containsExactly(new Confirmed(), new CommitStock("main"), new Completed());
        assertThat(order.status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void shouldIgnoreATimerOfAnEarlierState() {
        Life order = Life.of(placed());
        SagaMessage early = new SagaMessage.TimerFired(order.now().plusSeconds(10));
        order.wait(Duration.ofSeconds(1)).then(reserved(), charged());

        assertThat(order.on(early)).isEqualTo(new Decision.Unchanged());
        assertThat(order.status()).isEqualTo(Status.CONFIRMED);
    }

    @Test
    void shouldKeepOneEntryOfWhatComesOverAndOver() {
        Life order = Life.of(placed(), reserved());
        for (int tries = 1; tries <= 500; tries++) {
            order.then(attemptFailed(tries));
        }

        assertThat(order.steps())
                .containsExactly(Step.ORDER_ACCEPTED, Step.STOCK_RESERVED, Step.PAYMENT_ATTEMPT_FAILED);
        assertThat(order.shown().timeline().getLast().attempt()).isEqualTo(500);
    }

    @Test
    void shouldKeepATimelineShortWhateverComes() {
        Life order = Life.of(placed(), reserved());
        for (int i = 0; i < 500; i++) {
            order.then(attemptFailed(), asked("r-" + i, new Request.Dispatch()));
        }

        assertThat(order.steps()).hasSizeLessThanOrEqualTo(Draft.LONG_TIMELINE);
        assertThat(order.sends(charged())).contains(new Confirmed());
        assertThat(order.steps()).endsWith(Step.PAYMENT_CHARGED, Step.ORDER_CONFIRMED);
    }

    @Test
    void shouldPointToTheEvidenceOfEachEntry() {
        Life order = Life.of(placed(), reserved(), charged());

        List<TimelineEntry> timeline = order.shown().timeline();
        assertThat(timeline.get(2).evidence()).isEqualTo(Messages.EVIDENCE);
        assertThat(timeline.get(2).idempotencyKey()).isEqualTo("o-1:charge");
        assertThat(timeline.get(3).evidence()).as("concluded, not read").isNull();
    }

    @Test
    void shouldNotKnowAnOrderThatWasNeverPlaced() {
        for (SagaMessage message : List.of(reserved(), charged(), cancel())) {
            assertThat(new Life().on(message)).isInstanceOf(Decision.Unusable.class);
        }
    }

    @Test
    void shouldForgetAClosedOrderAfterTheWindow() {
        OrderSaga saga = new OrderSaga(SagaSettings.DEFAULTS);
        ClosedOrder closed = (ClosedOrder) Life.of(placed(), stockRejected()).state();

        assertThat(saga.forgettable(
                        closed, closed.closedAt().plus(Duration.ofDays(7)).minusMillis(1)))
                .isFalse();
        assertThat(saga.forgettable(closed, closed.closedAt().plus(Duration.ofDays(7))))
                .isTrue();
    }
}
