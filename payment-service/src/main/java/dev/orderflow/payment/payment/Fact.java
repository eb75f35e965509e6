package dev.orderflow.payment.payment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is said of an order's payment. */
public sealed interface Fact {

    /** Captured at the provider. */
    record Charged(String chargeId, Amount amount) implements Fact {}

    /** The provider refused for good. */
    record Declined(String reason) implements Fact {}

    /** Waits for the customer or a person at the provider. */
    record Pending(@Nullable String paymentUrl, @Nullable Instant until) implements Fact {}

    /** From here on nothing stays charged. */
    record Cancelling() implements Fact {}

    /** Known at the provider: nothing was charged. */
    record Voided() implements Fact {}

    /** Known at the provider: the charge was paid back. */
    record Refunded(String chargeId, String refundId, Amount amount) implements Fact {}

    /** The charge waits behind a limit or pause of our own. */
    record Held(String reason) implements Fact {}

    /** A try without a known outcome. */
    record AttemptFailed(int tries, String reason, @Nullable Instant retryAt) implements Fact {}
}
