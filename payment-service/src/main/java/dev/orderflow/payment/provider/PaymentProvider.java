package dev.orderflow.payment.provider;

import dev.orderflow.payment.payment.Bill;
import dev.orderflow.payment.payment.Capture;
import dev.orderflow.payment.payment.ChargeAnswer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whoever moves the money. Every call may be repeated with the same key and content, and then has the same effect once.
 * A call ends in an answer, in a {@link dev.orderflow.durable.TerminalException} when the provider will never take this
 * request, or in a {@link dev.orderflow.durable.RetriableException} when its outcome is not known, which is never a
 * decline. The text of either begins with a few words that many have in common, without ids or addresses, up to a colon:
 * failed tries are counted by them. Calls block and may be interrupted; implementations are safe for use by several threads.
 */
public interface PaymentProvider extends AutoCloseable {

    /** Its name in settings and in the paths of its notifications, such as {@code plain}. */
    String name();

    /** Charges a customer, or opens a payment that {@link #confirm} is to charge. */
    ChargeAnswer charge(ChargeRequest request);

    /** Charges what was opened; called only where {@link #charge} has answered {@link ChargeAnswer.Opened}. */
    ChargeAnswer confirm(ConfirmRequest request);

    /**
     * Pays a captured charge back in full.
     *
     * @return the provider's id of the refund
     */
    String refund(RefundRequest request);

    /** What became of a charge; empty when the provider has never seen it, or has only opened it. */
    Optional<SeenCharge> lookUp(LookUpRequest request);

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
     * @param tries how often this was sent before without an answer
     */
    record ChargeRequest(String idempotencyKey, String orderId, Bill bill, int tries) {}

    /**
     * What to confirm.
     *
     * @param chargeId the provider's id of what it has opened
     * @param tries how often this was sent before without an answer
     */
    record ConfirmRequest(String idempotencyKey, String chargeId, int tries) {}

    /**
     * What to pay back.
     *
     * @param tries how often this was sent before without an answer
     */
    record RefundRequest(String idempotencyKey, String orderId, Capture capture, int tries) {}

    /**
     * What to look for.
     *
     * @param idempotencyKey the key of the charge
     * @param opened the provider's id of it, where it is known
     * @param close whether to end what is still open, so that it can never be captured: where the provider cannot, it
     *     stays open
     */
    record LookUpRequest(String idempotencyKey, @Nullable String opened, boolean close) {}
}
