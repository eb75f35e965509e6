package dev.orderflow.payment.payment;

import static dev.orderflow.payment.payment.Given.AMOUNT;
import static dev.orderflow.payment.payment.Given.ATTEMPT_LIFE;
import static dev.orderflow.payment.payment.Given.BILL;
import static dev.orderflow.payment.payment.Given.CLOSE;
import static dev.orderflow.payment.payment.Given.ORDER;
import static dev.orderflow.payment.payment.Given.REFUND;
import static dev.orderflow.payment.payment.Given.opened;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.payment.payment.PaymentMessage.CancelPayment;
import dev.orderflow.payment.payment.PaymentMessage.PaidBack;
import dev.orderflow.payment.payment.PaymentMessage.RefundPayment;
import dev.orderflow.payment.payment.PaymentMessage.StockReserved;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing stays charged. */
class CancellingTest {

    @Test
    void shouldLeaveATombstoneThatRefusesTheLateReservation() {
        Given given = Given.nothing().when(new CancelPayment(true));
        assertThat(given.facts()).containsExactly(new Fact.Cancelling());

        given.when(new StockReserved(BILL));
        assertThat(given.started()).isEmpty();
        given.after(ATTEMPT_LIFE);
        assertThat(given.started()).containsExactly(CLOSE);
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
        assertThat(given.started()).containsExactly(CLOSE);
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
        assertThat(given.started()).containsExactly(CLOSE);

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
        assertThat(given.started()).containsExactly(CLOSE);

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
            assertThat(given.started()).as("after %s min", minutes).containsExactly(CLOSE);
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
        assertThat(given.started()).containsExactly(CLOSE);
    }

    @Test
    void shouldCloseWhatTheProviderHasOpened() {
        Given given = Given.reserved().when(opened(1, "pi_1")).when(new CancelPayment(false));
        assertThat(given.stopped()).contains("o-1:confirm");
        given.after(ATTEMPT_LIFE);
        assertThat(given.started()).containsExactly(new ProviderCall.LookUp(ORDER, 1, "pi_1", true));
    }
}
