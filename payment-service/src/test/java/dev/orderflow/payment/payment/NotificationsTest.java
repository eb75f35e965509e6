package dev.orderflow.payment.payment;

import static dev.orderflow.payment.payment.Given.AMOUNT;
import static dev.orderflow.payment.payment.Given.ATTEMPT_LIFE;
import static dev.orderflow.payment.payment.Given.CLOSE;
import static dev.orderflow.payment.payment.Given.LOOK_UP;
import static dev.orderflow.payment.payment.Given.ORDER;
import static dev.orderflow.payment.payment.Given.REFUND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.payment.payment.PaymentMessage.CancelPayment;
import dev.orderflow.payment.payment.PaymentMessage.Notice;
import dev.orderflow.payment.payment.PaymentMessage.Notified;
import dev.orderflow.payment.payment.PaymentMessage.PaidBack;
import dev.orderflow.payment.payment.PaymentMessage.RetryPayment;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the provider tells by itself. */
class NotificationsTest {

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
        assertThat(given.started()).containsExactly(new ProviderCall.LookUp(ORDER, 2, null, false));

        given.when(Given.found(Given.capture(1, "ch_1")));
        assertThat(given.started()).isEmpty();
        given.when(Given.captured(2, "ch_2"));
        assertThat(given.status()).isEqualTo(PaymentStatus.CHARGED);

        given.after(ATTEMPT_LIFE);
        assertThat(given.started()).containsExactly(new ProviderCall.LookUp(ORDER, 2, null, false));
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
        assertThat(given.started()).containsExactly(CLOSE);
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
