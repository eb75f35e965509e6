package dev.orderflow.payment.payment;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens to the payment of one order. */
public sealed interface PaymentMessage {

    /** The stock of the order is held: charge it. */
    record StockReserved(Bill bill) implements PaymentMessage {}

    /**
     * Nothing may stay charged.
     *
     * @param unlessDone do nothing if it is captured already
     */
    record CancelPayment(boolean unlessDone) implements PaymentMessage {}

    /** Pay back what is captured. */
    record RefundPayment() implements PaymentMessage {}

    /** Try again at once; after a decline, as a new attempt. */
    record RetryPayment() implements PaymentMessage {}

    /**
     * A notification of the provider. It may come twice, late, and in any order.
     *
     * @param attempt the attempt it is about
     * @param capture the charge, when it says that it was captured and which one it is
     */
    record Notified(int attempt, Notice notice, @Nullable String capture) implements PaymentMessage {}

    /** What a notification says. */
    enum Notice {
        SUCCEEDED,
        FAILED,
        REFUNDED,
        OTHER
    }

    /** The charge of an attempt was answered. */
    record Answered(int attempt, ChargeAnswer answer) implements PaymentMessage {}

    /** The provider said what became of the attempts of this order; those it has never seen are not in the list. */
    record LookedUp(List<Found> found) implements PaymentMessage {
        public LookedUp {
            found = List.copyOf(found);
        }
    }

    /** A captured charge was paid back. */
    record PaidBack(int attempt, String refundId) implements PaymentMessage {}

    /**
     * A try of a call ended without the answer to its question.
     *
     * @param tries how often it has been tried
     * @param retryAt when it is tried again by itself; null when the call is given up
     */
    record TryFailed(
            ProviderCall call,
            int tries,
            String reason,
            @Nullable Instant retryAt) implements PaymentMessage {}

    /** A call waits for its turn behind a limit or pause of our own. */
    record Held(ProviderCall call, String reason) implements PaymentMessage {}

    /** A timer fired. */
    record Woken(Wake wake, Instant due) implements PaymentMessage {}
}
