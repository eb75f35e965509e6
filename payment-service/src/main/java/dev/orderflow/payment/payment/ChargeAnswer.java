package dev.orderflow.payment.payment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A provider's answer to a charge. A missing answer is not among them: it is never a decline. */
public sealed interface ChargeAnswer {

    /** The money is captured. */
    record Captured(String chargeId) implements ChargeAnswer {}

    /**
     * The provider has opened a payment under this id; no money moves before it is confirmed.
     *
     * @param chargeId what to confirm, or to close
     */
    record Opened(String chargeId) implements ChargeAnswer {}

    /** The provider refused, and will refuse the same key for ever. */
    record Declined(String reason) implements ChargeAnswer {}

    /**
     * Waits for the customer or a person.
     *
     * @param paymentUrl where the customer approves
     * @param until when the provider gives up
     */
    record Pending(@Nullable String paymentUrl, @Nullable Instant until) implements ChargeAnswer {}
}
