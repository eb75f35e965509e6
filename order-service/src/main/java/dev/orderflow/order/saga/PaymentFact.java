package dev.orderflow.order.saga;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What payment says of an order. */
public sealed interface PaymentFact {

    /** Captured at the provider. */
    record Charged(String chargeId, Money amount) implements PaymentFact {}

    /** The provider refused. */
    record Declined(String reason) implements PaymentFact {}

    /** Waits for the customer or a person at the provider. */
    record Pending(@Nullable String paymentUrl, @Nullable Instant until) implements PaymentFact {}

    /** Waits behind a limit or a pause of our own. */
    record Held(String reason) implements PaymentFact {}

    /** From here on nothing stays charged; what the provider did is being found out. */
    record Cancelling() implements PaymentFact {}

    /** Known at the provider: nothing was charged. */
    record Voided() implements PaymentFact {}

    /** Known at the provider: the charge was paid back. */
    record Refunded(String chargeId, String refundId) implements PaymentFact {}

    /** A try without a known outcome; it is asked again with the same key. */
    record AttemptFailed(int tries, String reason, @Nullable Instant retryAt) implements PaymentFact {}
}
