package dev.orderflow.payment.payment;

import static dev.orderflow.payment.payment.Given.ATTEMPT_LIFE;
import static dev.orderflow.payment.payment.Given.BILL;
import static dev.orderflow.payment.payment.Given.CHARGE;
import static dev.orderflow.payment.payment.Given.CLOSE;
import static dev.orderflow.payment.payment.Given.ORDER;
import static dev.orderflow.payment.payment.Given.RETENTION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.payment.payment.PaymentMessage.CancelPayment;
import dev.orderflow.payment.payment.PaymentMessage.RetryPayment;
import dev.orderflow.payment.payment.PaymentMessage.StockReserved;
import org.junit.jupiter.api.Test;

/** What failed is tried again. */
class RetryingTest {

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
        assertThat(given.started()).containsExactly(CLOSE);
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
