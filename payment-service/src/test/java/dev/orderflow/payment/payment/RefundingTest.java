package dev.orderflow.payment.payment;

import static dev.orderflow.payment.payment.Given.AMOUNT;
import static dev.orderflow.payment.payment.Given.ATTEMPT_LIFE;
import static dev.orderflow.payment.payment.Given.CLOSE;
import static dev.orderflow.payment.payment.Given.ORDER;
import static dev.orderflow.payment.payment.Given.REFUND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.payment.payment.PaymentMessage.CancelPayment;
import dev.orderflow.payment.payment.PaymentMessage.Notice;
import dev.orderflow.payment.payment.PaymentMessage.Notified;
import dev.orderflow.payment.payment.PaymentMessage.PaidBack;
import dev.orderflow.payment.payment.PaymentMessage.RefundPayment;
import dev.orderflow.payment.payment.PaymentMessage.RetryPayment;
import dev.orderflow.payment.payment.PaymentMessage.TryFailed;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What was captured is paid back. */
class RefundingTest {

    private static final ProviderCall.Refund SECOND = new ProviderCall.Refund(ORDER, new Capture(2, "ch_2", AMOUNT));
    private static final Fact STRAY_PAID_BACK =
            new Fact.AttemptFailed(0, "Charge ch_1 of an attempt that was over was paid back", null);

    /** Charged by the second attempt, while the first, which was declined, is being paid back as captured after all. */
    private static Given chargedTwice() {
        return Given.declined()
                .when(new RetryPayment())
                .when(Given.captured(2, "ch_2"))
                .when(new Notified(1, Notice.SUCCEEDED, "ch_1"))
                .when(Given.found(Given.capture(1, "ch_1"), Given.capture(2, "ch_2")));
    }

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

    @Test
    void shouldSayTheRefundOnlyWhenNoOtherIsLeft() {
        Given given = chargedTwice().when(new RefundPayment());
        assertThat(given.started()).containsExactly(REFUND, SECOND);

        given.when(new PaidBack(1, "re_1"));
        assertThat(given.facts()).containsExactly(STRAY_PAID_BACK);
        assertThat(given.status()).isEqualTo(PaymentStatus.REFUNDING);
        assertThat(given.started()).as("asked for, whoever asked before").containsExactly(SECOND);
        assertThat(given.when(new RefundPayment()).facts()).isEmpty();
        assertThat(given.when(new RetryPayment()).hurried()).containsExactly("o-1:refund:2");
        given.when(new PaidBack(2, "re_2"));
        assertThat(given.facts()).containsExactly(new Fact.Refunded("ch_2", "re_2", AMOUNT));
        assertThat(given.said()).extracting(Decision.Said::attempt).containsExactly(2);
        assertThat(given.status()).isEqualTo(PaymentStatus.REFUNDED);
    }

    @Test
    void shouldTellOfTheOrdersChargeWhicheverRefundIsTheLast() {
        Fact refunded = new Fact.Refunded("ch_2", "re_2", AMOUNT);
        Given given = chargedTwice().when(new CancelPayment(false)).when(new PaidBack(2, "re_2"));
        assertThat(given.facts()).isEmpty();
        assertThat(given.when(new CancelPayment(false)).facts()).isEmpty();

        given.when(new PaidBack(1, "re_1"));
        assertThat(given.facts()).containsExactly(STRAY_PAID_BACK, refunded);
        assertThat(given.when(new CancelPayment(false)).facts()).containsExactly(refunded);
    }

    @Test
    void shouldPayBackEveryCaptureOfACancelledOrderBeforeItSaysSo() {
        Given given = Given.nothing().when(new CancelPayment(false)).after(ATTEMPT_LIFE);
        given.when(Given.found(Given.capture(1, "ch_1"), Given.capture(2, "ch_2")));
        assertThat(given.started()).containsExactlyInAnyOrder(REFUND, SECOND);

        assertThat(given.when(new PaidBack(1, "re_1")).facts()).containsExactly(STRAY_PAID_BACK);
        assertThat(given.when(new PaidBack(2, "re_2")).facts())
                .containsExactly(new Fact.Refunded("ch_2", "re_2", AMOUNT));
    }

    @Test
    void shouldGoOnWithARefundThatWasGivenUpBeforeTheOrderWasUndone() {
        Given given = chargedTwice().when(new TryFailed(REFUND, 1, "no", null)).when(new RefundPayment());
        assertThat(given.started()).containsExactly(REFUND, SECOND);

        given.when(new PaidBack(2, "re_2")).when(new TryFailed(REFUND, 1, "no", null));
        given.after(Duration.ofSeconds(30));
        assertThat(given.started()).containsExactly(new ProviderCall.LookUp(ORDER, 2, null, true));
        given.when(Given.found(
                new Found(1, Found.Standing.REFUNDED, "ch_1", AMOUNT),
                new Found(2, Found.Standing.REFUNDED, "ch_2", AMOUNT)));
        assertThat(given.facts()).containsExactly(STRAY_PAID_BACK, new Fact.Refunded("ch_2", "re_2", AMOUNT));
    }

    @Test
    void shouldLookAgainForARefundThatIsUnclearWhileAnotherIsUnderWay() {
        Given given = chargedTwice().when(new RefundPayment()).when(new TryFailed(REFUND, 1, "no", null));
        given.after(Duration.ofSeconds(30)).when(Given.found(Given.capture(2, "ch_2")));
        assertThat(given.started()).containsExactly(SECOND);

        given.when(new PaidBack(2, "re_2")).after(Duration.ofMinutes(1));
        assertThat(given.started()).containsExactly(new ProviderCall.LookUp(ORDER, 2, null, true));
    }

    @Test
    void shouldNotTakeARefundForTheLastWhenAnotherCaptureTurnsUpWithIt() {
        Given given = Given.charged().when(new RefundPayment()).when(new TryFailed(REFUND, 1, "no", null));
        given.after(Duration.ofSeconds(30))
                .when(Given.found(new Found(1, Found.Standing.REFUNDED, "ch_1", AMOUNT), Given.capture(2, "ch_2")));
        assertThat(given.facts()).isEmpty();
        assertThat(given.started()).containsExactly(SECOND);

        given.when(new PaidBack(2, "re_2"));
        assertThat(given.facts()).contains(new Fact.Refunded("ch_1", "refunded:ch_1", AMOUNT));
    }
}
