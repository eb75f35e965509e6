package dev.orderflow.payment.payment;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The payment of one order, as it is kept between messages. Immutable.
 *
 * @param paymentId see {@link PaymentId}
 * @param attempt the newest attempt, 1 or more; also 1 in the tombstone of a payment that was never asked for
 * @param opened what the provider has opened for the newest attempt, to be confirmed; null where it opens nothing first
 * @param held whether it was said that the charge waits behind a limit or pause of our own
 * @param seen the highest attempt that the provider was seen to know: a new one is higher; 0 if it was never asked
 * @param bill what to charge; null in a tombstone that has not seen its reservation
 * @param capture the charge that stands, or stood before it was paid back
 * @param refundId the provider's id of what paid {@code capture} back
 * @param refunds captured charges that are being paid back now
 * @param inDoubt whether the provider may know of a charge that this record does not
 * @param looks how often the provider was asked since the status changed; spaces the next look
 * @param lookAt when the provider is asked next
 * @param closesAt when this record is dropped
 * @param said how many facts were said: numbers their ids
 */
public record Payment(
        String paymentId,
        PaymentStatus status,
        int attempt,
        @Nullable String opened,
        boolean held,
        int seen,
        @Nullable Bill bill,
        @Nullable Capture capture,
        @Nullable String refundId,
        List<Capture> refunds,
        boolean inDoubt,
        int looks,
        @Nullable Instant lookAt,
        @Nullable Instant closesAt,
        long said) {

    public Payment {
        refunds = List.copyOf(refunds);
    }
}
