package dev.orderflow.payment.provider;

import dev.orderflow.payment.payment.Bill;
import dev.orderflow.payment.payment.Capture;
import dev.orderflow.payment.payment.ChargeAnswer;
import java.util.Optional;

/**
 * Whoever moves the money. Every call may be repeated with the same key and content, and then has the same effect once.
 * A call ends in an answer, in a {@link dev.orderflow.durable.TerminalException} when the provider will never take this
 * request, or in a {@link dev.orderflow.durable.RetriableException} when its outcome is not known, which is never a
 * decline. Calls block and may be interrupted; implementations are safe for use by several threads.
 */
public interface PaymentProvider extends AutoCloseable {

    /** Its name in settings and in the paths of its notifications, such as {@code plain}. */
    String name();

    /** Charges a customer. */
    ChargeAnswer charge(ChargeRequest request);

    /**
     * Pays a captured charge back in full.
     *
     * @return the provider's id of the refund
     */
    String refund(RefundRequest request);

    /** What became of the charge with this key; empty when the provider has never seen it. */
    Optional<SeenCharge> lookUp(String idempotencyKey);

    /**
     * Charges in the order in which the provider first saw them.
     *
     * @param after where the page before ended; empty for the first one
     * @param limit at most so many, 1 or more
     */
    ChargePage list(String after, int limit);

    @Override
    void close();

    /**
     * What to charge.
     *
     * @param idempotencyKey one key is charged once
     */
    record ChargeRequest(String idempotencyKey, String orderId, Bill bill) {}

    /** What to pay back. */
    record RefundRequest(String idempotencyKey, String orderId, Capture capture) {}
}
