package dev.orderflow.payment.payment;

import static dev.orderflow.payment.payment.Given.AMOUNT;
import static dev.orderflow.payment.payment.Given.BILL;
import static dev.orderflow.payment.payment.Given.CHARGE;
import static dev.orderflow.payment.payment.Given.CLOSE;
import static dev.orderflow.payment.payment.Given.LOOK_UP;
import static dev.orderflow.payment.payment.Given.ORDER;
import static dev.orderflow.payment.payment.Given.REFUND;
import static dev.orderflow.payment.payment.Given.RETENTION;
import static dev.orderflow.payment.payment.Given.opened;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.payment.payment.PaymentMessage.CancelPayment;
import dev.orderflow.payment.payment.PaymentMessage.Held;
import dev.orderflow.payment.payment.PaymentMessage.RefundPayment;
import dev.orderflow.payment.payment.PaymentMessage.StockReserved;
import dev.orderflow.payment.payment.PaymentMessage.TryFailed;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A reservation becomes a charge. */
class ChargingTest {

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

    @Test
    void shouldConfirmWhatTheProviderHasOpened() {
        Given given = Given.reserved().when(opened(1, "pi_1"));
        assertThat(given.started()).containsExactly(new ProviderCall.Confirm(ORDER, 1, "pi_1"));
        assertThat(given.facts()).isEmpty();

        given.when(Given.captured(1, "pi_1"));
        assertThat(given.facts()).containsExactly(new Fact.Charged("pi_1", AMOUNT));
    }

    @Test
    void shouldLetNothingLeaveBeforeTheCommitThatCouldNotBeTakenBack() {
        assertThat(CHARGE.mayPrecedeCommit()).isTrue();
        assertThat(LOOK_UP.mayPrecedeCommit()).isTrue();
        assertThat(new ProviderCall.Charge(ORDER, 2, BILL).mayPrecedeCommit()).isFalse();
        assertThat(new ProviderCall.Confirm(ORDER, 1, "pi_1").mayPrecedeCommit())
                .isFalse();
        assertThat(CLOSE.mayPrecedeCommit()).isFalse();
        assertThat(REFUND.mayPrecedeCommit()).isFalse();
    }

    @Test
    void shouldSayOnceThatItIsHeldAndAgainAfterATry() {
        Given given = Given.reserved().when(new Held(CHARGE, "paused"));
        assertThat(given.facts()).containsExactly(new Fact.Held("paused"));
        assertThat(given.when(new Held(CHARGE, "paused")).facts()).isEmpty();

        given.when(new TryFailed(CHARGE, 1, "503", Given.START.plusSeconds(1)));
        assertThat(given.when(new Held(CHARGE, "paused")).facts()).containsExactly(new Fact.Held("paused"));
    }

    @Test
    void shouldSayOfNothingElseThatItIsHeld() {
        assertThat(Given.nothing().when(new Held(CHARGE, "paused")).facts()).isEmpty();
        assertThat(Given.charged().when(new Held(CHARGE, "paused")).facts()).isEmpty();
        assertThat(Given.reserved().when(new Held(LOOK_UP, "paused")).facts()).isEmpty();
        assertThat(Given.reserved()
                        .when(new Held(new ProviderCall.Charge(ORDER, 2, BILL), "paused"))
                        .facts())
                .isEmpty();
    }
}
