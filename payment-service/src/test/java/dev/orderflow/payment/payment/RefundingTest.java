package dev.orderflow.payment.payment;

import static dev.orderflow.payment.payment.Given.AMOUNT;
import static dev.orderflow.payment.payment.Given.ATTEMPT_LIFE;
import static dev.orderflow.payment.payment.Given.CLOSE;
import static dev.orderflow.payment.payment.Given.REFUND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.payment.payment.PaymentMessage.PaidBack;
import dev.orderflow.payment.payment.PaymentMessage.RefundPayment;
import dev.orderflow.payment.payment.PaymentMessage.TryFailed;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What was captured is paid back. */
class RefundingTest {

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
        assertThat(given.started()).containsExactly(CLOSE);

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
