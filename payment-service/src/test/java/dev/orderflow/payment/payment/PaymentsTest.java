package dev.orderflow.payment.payment;

import static dev.orderflow.payment.payment.Given.AMOUNT;
import static dev.orderflow.payment.payment.Given.ATTEMPT_LIFE;
import static dev.orderflow.payment.payment.Given.BILL;
import static dev.orderflow.payment.payment.Given.ORDER;
import static dev.orderflow.payment.payment.Given.RETENTION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.payment.payment.PaymentMessage.CancelPayment;
import dev.orderflow.payment.payment.PaymentMessage.Notice;
import dev.orderflow.payment.payment.PaymentMessage.Notified;
import dev.orderflow.payment.payment.PaymentMessage.PaidBack;
import dev.orderflow.payment.payment.PaymentMessage.RefundPayment;
import dev.orderflow.payment.payment.PaymentMessage.RetryPayment;
import dev.orderflow.payment.payment.PaymentMessage.StockReserved;
import dev.orderflow.payment.payment.PaymentMessage.TryFailed;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PaymentsTest {

    private static final ProviderCall.Charge CHARGE = new ProviderCall.Charge(ORDER, 1, BILL);
    private static final ProviderCall.LookUp LOOK_UP = new ProviderCall.LookUp(ORDER, 1);
    private static final ProviderCall.Refund REFUND = new ProviderCall.Refund(ORDER, new Capture(1, "ch_1", AMOUNT));

    @Nested
    class Charging {

        @Test
        void shouldChargeWhatWasReserved() {
            Given given = Given.reserved();

            assertThat(given.started()).containsExactly(CHARGE);
            assertThat(CHARGE.key()).isEqualTo("o-1:charge");
            assertThat(given.facts()).isEmpty();
            assertThat(given.status()).isEqualTo(PaymentStatus.REQUESTED);
        }

        @Test
        void shouldSayThatItIsCharged() {
            Given given = Given.charged();

            assertThat(given.facts()).containsExactly(new Fact.Charged("ch_1", AMOUNT));
            assertThat(given.status()).isEqualTo(PaymentStatus.CHARGED);
        }

        @Test
        void shouldChargeNothingAtNoProviderWhenTheOrderCostsNothing() {
            Amount zero = new Amount(0, "JPY");
            Given given = Given.nothing().when(new StockReserved(new Bill("user-1", "pm_card", zero)));

            assertThat(given.started()).isEmpty();
            assertThat(given.facts()).containsExactly(new Fact.Charged("none:o-1", zero));

            given.when(new RefundPayment());
            assertThat(given.started()).isEmpty();
            assertThat(given.facts()).containsExactly(new Fact.Refunded("none:o-1", "none:o-1", zero));
            assertThat(given.status()).isEqualTo(PaymentStatus.REFUNDED);
        }

        @Test
        void shouldSayThatItIsDeclined() {
            Given given = Given.declined();

            assertThat(given.facts()).containsExactly(new Fact.Declined("card_declined"));
            assertThat(given.status()).isEqualTo(PaymentStatus.DECLINED);
        }

        @Test
        void shouldNotTakeAMissingAnswerForADecline() {
            Given given = Given.reserved();
            var retryAt = given.now().plusMillis(500);
            given.when(new TryFailed(CHARGE, 1, "timed out", retryAt));

            assertThat(given.facts()).containsExactly(new Fact.AttemptFailed(1, "timed out", retryAt));
            assertThat(given.status()).isEqualTo(PaymentStatus.UNKNOWN);
            assertThat(given.when(Given.captured(1, "ch_1")).status()).isEqualTo(PaymentStatus.CHARGED);
        }

        @Test
        void shouldLookBeforeItVoidsARequestThatWasRefused() {
            Given given = Given.reserved().when(new TryFailed(CHARGE, 1, "key used for another amount", null));

            assertThat(given.facts()).containsExactly(new Fact.Declined("key used for another amount"));
            assertThat(given.when(new CancelPayment(false)).facts()).containsExactly(new Fact.Cancelling());
            assertThat(given.status()).isEqualTo(PaymentStatus.CANCELLING);
        }

        @Test
        void shouldDoNothingForWhatItHasSeenBefore() {
            Given given = Given.charged();
            Payment before = given.payment();

            for (PaymentMessage again :
                    List.of(new StockReserved(BILL), Given.captured(1, "ch_1"), Given.declined(1, "late"))) {
                given.when(again);
                assertThat(given.payment()).as("after %s", again).isEqualTo(before);
                assertThat(given.facts()).as("after %s", again).isEmpty();
                assertThat(given.started()).as("after %s", again).isEmpty();
            }
        }

        @Test
        void shouldNumberItsFacts() {
            Given given = Given.reserved().when(new TryFailed(CHARGE, 1, "timed out", Given.START));
            assertThat(given.said()).extracting(Decision.Said::number).containsExactly(1L);
            given.when(Given.captured(1, "ch_1"));
            assertThat(given.said()).extracting(Decision.Said::number).containsExactly(2L);
        }

        @Test
        void shouldForgetASettledPaymentWhenNothingCanArriveAnyMore() {
            Given given = Given.charged().after(RETENTION.minusMillis(1));
            assertThat(given.status()).isEqualTo(PaymentStatus.CHARGED);
            assertThat(given.after(Duration.ofMillis(1)).payment()).isNull();
            assertThat(given.timers()).isEmpty();
        }
    }

    @Nested
    class Retrying {

        @Test
        void shouldHurryATryThatWaits() {
            Given given = Given.reserved().when(new RetryPayment());
            assertThat(given.hurried()).containsExactly("o-1:charge");
            assertThat(given.started()).isEmpty();
        }

        @Test
        void shouldMakeANewAttemptAfterADecline() {
            Given given = Given.declined().when(new RetryPayment());

            assertThat(given.started()).containsExactly(new ProviderCall.Charge(ORDER, 2, BILL));
            assertThat(given.started().getFirst().key()).isEqualTo("o-1:charge:2");
            given.when(Given.captured(2, "ch_2"));
            assertThat(given.said()).extracting(Decision.Said::attempt).containsExactly(2);
            assertThat(given.status()).isEqualTo(PaymentStatus.CHARGED);
        }

        @Test
        void shouldRememberThatItWasRetriedBeforeItWasReserved() {
            Given given = Given.nothing().when(new RetryPayment());
            assertThat(given.started()).isEmpty();
            given.when(new StockReserved(BILL));
            assertThat(given.started()).containsExactly(CHARGE);
            given.when(Given.declined(1, "card_declined")).when(new CancelPayment(false));
            assertThat(given.facts()).containsExactly(new Fact.Cancelling());

            Given never = Given.nothing().when(new RetryPayment()).after(RETENTION);
            assertThat(never.payment()).isNull();
        }

        @Test
        void shouldLookForAnAttemptThatAnotherInstanceMayHaveMade() {
            Given given = Given.reserved()
                    .when(new RetryPayment())
                    .when(Given.declined(1, "card_declined"))
                    .when(new CancelPayment(false))
                    .after(ATTEMPT_LIFE);
            assertThat(given.started()).containsExactly(LOOK_UP);
        }

        @Test
        void shouldNotRetryWhatIsOver() {
            assertThat(Given.charged().when(new RetryPayment()).started()).isEmpty();
            assertThat(Given.declined()
                            .when(new CancelPayment(false))
                            .when(new RetryPayment())
                            .started())
                    .isEmpty();
        }
    }

    @Nested
    class Cancelling {

        @Test
        void shouldLeaveATombstoneThatRefusesTheLateReservation() {
            Given given = Given.nothing().when(new CancelPayment(true));
            assertThat(given.facts()).containsExactly(new Fact.Cancelling());

            given.when(new StockReserved(BILL));
            assertThat(given.started()).isEmpty();
            given.after(ATTEMPT_LIFE);
            assertThat(given.started()).containsExactly(LOOK_UP);
            given.when(Given.found());
            assertThat(given.facts()).containsExactly(new Fact.Voided());
            given.when(new StockReserved(BILL));
            assertThat(given.started()).isEmpty();
        }

        @Test
        void shouldAskTheProviderOnlyWhenNoTryCanBeOnItsWay() {
            Given given = Given.reserved().when(new CancelPayment(true));

            assertThat(given.facts()).containsExactly(new Fact.Cancelling());
            assertThat(given.stopped()).contains("o-1:charge");
            assertThat(given.started()).isEmpty();
            given.after(ATTEMPT_LIFE.minusMillis(1));
            assertThat(given.started()).isEmpty();
            given.after(Duration.ofMillis(1));
            assertThat(given.started()).containsExactly(LOOK_UP);
        }

        @Test
        void shouldPayBackWhatWasCapturedAllTheSame() {
            Given given = Given.reserved().when(new CancelPayment(false)).after(ATTEMPT_LIFE);

            given.when(Given.found(Given.capture(1, "ch_1")));
            assertThat(given.started()).containsExactly(REFUND);
            assertThat(REFUND.key()).isEqualTo("o-1:refund");
            assertThat(given.facts()).isEmpty();
            given.when(new PaidBack(1, "re_1"));
            assertThat(given.facts()).containsExactly(new Fact.Refunded("ch_1", "re_1", AMOUNT));
            assertThat(given.status()).isEqualTo(PaymentStatus.REFUNDED);
        }

        @Test
        void shouldLeaveACaptureAloneUnlessDoneAndSayThatItStands() {
            Given given = Given.charged().when(new CancelPayment(true));
            assertThat(given.facts()).containsExactly(new Fact.Charged("ch_1", AMOUNT));
            assertThat(given.started()).isEmpty();
            assertThat(given.status()).isEqualTo(PaymentStatus.CHARGED);
        }

        @Test
        void shouldPayACaptureBack() {
            Given given = Given.charged().when(new CancelPayment(false));
            assertThat(given.facts()).containsExactly(new Fact.Cancelling());
            assertThat(given.started()).containsExactly(REFUND);
        }

        @Test
        void shouldVoidAtOnceWhatWasDeclinedForGood() {
            Given given = Given.declined().when(new CancelPayment(false));
            assertThat(given.facts()).containsExactly(new Fact.Cancelling(), new Fact.Voided());
            assertThat(given.started()).isEmpty();
            assertThat(given.status()).isEqualTo(PaymentStatus.VOIDED);
        }

        @Test
        void shouldPayBackEveryAttemptThatTurnsUp() {
            Given given = Given.nothing().when(new CancelPayment(false)).after(ATTEMPT_LIFE);
            assertThat(given.started()).containsExactly(LOOK_UP);

            given.when(Given.found(new Found(1, Found.Standing.DECLINED, null, AMOUNT), Given.capture(2, "ch_2")));
            assertThat(given.started()).containsExactly(new ProviderCall.Refund(ORDER, new Capture(2, "ch_2", AMOUNT)));
        }

        @Test
        void shouldSayTheEndAgainWhenAskedAgain() {
            Given voided = Given.declined().when(new CancelPayment(false)).when(new CancelPayment(false));
            assertThat(voided.facts()).containsExactly(new Fact.Voided());

            Given refunded = Given.charged()
                    .when(new RefundPayment())
                    .when(new PaidBack(1, "re_1"))
                    .when(new RefundPayment());
            assertThat(refunded.facts()).containsExactly(new Fact.Refunded("ch_1", "re_1", AMOUNT));
        }

        @Test
        void shouldLookAgainLaterAndPayBackWhatTurnsUp() {
            Given given = Given.reserved()
                    .when(new CancelPayment(false))
                    .after(ATTEMPT_LIFE)
                    .when(Given.found())
                    .after(Duration.ofMinutes(1));
            assertThat(given.started()).containsExactly(LOOK_UP);

            given.when(Given.found(Given.capture(1, "ch_1")));
            assertThat(given.started()).containsExactly(REFUND);
            assertThat(given.when(new PaidBack(1, "re_1")).facts())
                    .containsExactly(new Fact.Refunded("ch_1", "re_1", AMOUNT));
        }

        @Test
        void shouldNotLookForEver() {
            Given given = Given.reserved()
                    .when(new CancelPayment(false))
                    .after(ATTEMPT_LIFE)
                    .when(Given.found());
            for (int minutes : List.of(1, 10, 100, 1000)) {
                given.after(Duration.ofMinutes(minutes));
                assertThat(given.started()).as("after %s min", minutes).containsExactly(LOOK_UP);
                given.when(Given.found());
            }
            assertThat(given.timers()).extracting(timer -> timer.wake()).containsExactly(Wake.CLOSE);
        }

        @Test
        void shouldKeepAskingWhileTheCustomerMayStillApprove() {
            Given given = Given.reserved()
                    .when(Given.pending(1))
                    .when(new CancelPayment(false))
                    .after(ATTEMPT_LIFE)
                    .when(Given.found(new Found(1, Found.Standing.PENDING, null, null)));
            assertThat(given.status()).isEqualTo(PaymentStatus.CANCELLING);
            given.after(Duration.ofSeconds(30));
            assertThat(given.started()).containsExactly(LOOK_UP);
        }
    }

    @Nested
    class Refunding {

        @Test
        void shouldPayBackOnce() {
            Given given = Given.charged().when(new RefundPayment());
            assertThat(given.facts()).isEmpty();
            assertThat(given.started()).containsExactly(REFUND);
            assertThat(given.when(new RefundPayment()).started()).isEmpty();
            given.when(new PaidBack(1, "re_1"));
            assertThat(given.facts()).containsExactly(new Fact.Refunded("ch_1", "re_1", AMOUNT));
            assertThat(given.when(new PaidBack(1, "re_1")).facts()).isEmpty();
        }

        @Test
        void shouldFindTheChargeOfAnOrderWhoseRecordIsGone() {
            Given given = Given.nothing().when(new RefundPayment()).after(ATTEMPT_LIFE);
            given.when(Given.found(Given.capture(1, "ch_1")));
            assertThat(given.started()).containsExactly(REFUND);
        }

        @Test
        void shouldLookWhenARefundIsRefused() {
            Given given = Given.charged().when(new RefundPayment()).when(new TryFailed(REFUND, 1, "no", null));
            assertThat(given.facts()).containsExactly(new Fact.AttemptFailed(1, "no", null));
            given.after(Duration.ofSeconds(30));
            assertThat(given.started()).containsExactly(LOOK_UP);

            given.when(Given.found(new Found(1, Found.Standing.REFUNDED, "ch_1", AMOUNT)));
            assertThat(given.facts()).containsExactly(new Fact.Refunded("ch_1", "refunded:ch_1", AMOUNT));
            assertThat(given.status()).isEqualTo(PaymentStatus.REFUNDED);
        }

        @Test
        void shouldNotFillTheTimelineInALongOutage() {
            Given given = Given.charged().when(new RefundPayment());
            long told = 0;
            for (int tries = 1; tries <= 1000; tries++) {
                told += given.when(new TryFailed(REFUND, tries, "outage", given.now()))
                        .facts()
                        .size();
            }
            assertThat(told).isEqualTo(10);
        }
    }

    @Nested
    class Notifications {

        private static final Notified SUCCESS = new Notified(1, Notice.SUCCEEDED, "ch_1");
        private static final Notified FAILURE = new Notified(1, Notice.FAILED, null);

        @Test
        void shouldEndAPendingPayment() {
            Given given = Given.reserved().when(Given.pending(1));
            assertThat(given.facts()).containsExactly(new Fact.Pending("http://pay/1", null));
            assertThat(given.when(SUCCESS).facts()).containsExactly(new Fact.Charged("ch_1", AMOUNT));
            assertThat(given.when(SUCCESS).facts()).isEmpty();
        }

        @Test
        void shouldOvertakeTheAnswerOfTheCall() {
            Given given = Given.reserved().when(SUCCESS);
            assertThat(given.facts()).containsExactly(new Fact.Charged("ch_1", AMOUNT));
            assertThat(given.stopped()).containsExactly("o-1:charge");
        }

        @Test
        void shouldAskRatherThanBelieveAFailure() {
            Given given = Given.reserved().when(Given.pending(1)).when(FAILURE);
            assertThat(given.facts()).isEmpty();
            assertThat(given.started()).containsExactly(LOOK_UP);
            given.when(Given.found(new Found(1, Found.Standing.DECLINED, null, null)));
            assertThat(given.facts()).containsExactly(new Fact.Declined("The payment was not approved"));
        }

        @Test
        void shouldNotUndoAChargeByAnOldFailure() {
            assertThat(Given.charged().when(FAILURE).status()).isEqualTo(PaymentStatus.CHARGED);
        }

        @Test
        void shouldNotDecideByAStaleAttempt() {
            Given given = Given.declined().when(new RetryPayment()).when(SUCCESS);
            assertThat(given.facts()).isEmpty();
            assertThat(given.status()).isEqualTo(PaymentStatus.REQUESTED);
            assertThat(given.started()).containsExactly(new ProviderCall.LookUp(ORDER, 2));

            given.when(Given.found(Given.capture(1, "ch_1")));
            assertThat(given.started()).isEmpty();
            given.when(Given.captured(2, "ch_2"));
            assertThat(given.status()).isEqualTo(PaymentStatus.CHARGED);

            given.after(ATTEMPT_LIFE);
            assertThat(given.started()).containsExactly(new ProviderCall.LookUp(ORDER, 2));
            given.when(Given.found(Given.capture(1, "ch_1"), Given.capture(2, "ch_2")));
            assertThat(given.started()).containsExactly(REFUND);
            given.when(new PaidBack(1, "re_1"));
            assertThat(given.status()).isEqualTo(PaymentStatus.CHARGED);
        }

        @Test
        void shouldLetACaptureStandThatAnotherInstanceMade() {
            Given given = Given.reserved()
                    .when(new RetryPayment())
                    .when(Given.declined(1, "card_declined"))
                    .after(ATTEMPT_LIFE);
            assertThat(given.started()).containsExactly(LOOK_UP);
            given.when(Given.found(new Found(1, Found.Standing.DECLINED, null, AMOUNT), Given.capture(2, "ch_2")));
            assertThat(given.facts()).containsExactly(new Fact.Charged("ch_2", AMOUNT));
            assertThat(given.said()).extracting(Decision.Said::attempt).containsExactly(2);
        }

        @Test
        void shouldPayBackWhatSucceedsAfterTheEnd() {
            Given given = Given.declined().when(new CancelPayment(false)).when(SUCCESS);
            assertThat(given.started()).containsExactly(LOOK_UP);
            given.when(Given.found(Given.capture(1, "ch_1")));
            assertThat(given.started()).containsExactly(REFUND);
        }

        @Test
        void shouldBeAskedForWhenNoneComes() {
            Given given = Given.reserved().when(Given.pending(1)).after(Duration.ofSeconds(30));
            assertThat(given.started()).containsExactly(LOOK_UP);
            given.when(Given.found(Given.capture(1, "ch_1")));
            assertThat(given.facts()).containsExactly(new Fact.Charged("ch_1", AMOUNT));
            assertThat(given.timers()).extracting(timer -> timer.wake()).containsExactly(Wake.CLOSE);
        }
    }
}
