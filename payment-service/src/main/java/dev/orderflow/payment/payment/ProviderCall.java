package dev.orderflow.payment.payment;

import org.jspecify.annotations.Nullable;

/** A call to the provider: a side effect, repeated with the same key and content until its outcome is known. */
public sealed interface ProviderCall {

    /** See {@link PaymentId}. */
    String paymentId();

    /** What names it among the effects of the service, and at the provider. */
    String key();

    /**
     * Whether its first try may leave before the decision behind it is committed. If that is lost, whoever decides next may
     * decide otherwise, and must then come to know of the try.
     */
    boolean mayPrecedeCommit();

    /** Charges an attempt. */
    record Charge(String paymentId, int attempt, Bill bill) implements ProviderCall {
        @Override
        public String key() {
            return AttemptKey.charge(paymentId, attempt);
        }

        /** The first attempt is the hot path; whoever cancels an order asks for it in any case. */
        @Override
        public boolean mayPrecedeCommit() {
            return attempt == 1;
        }
    }

    /**
     * Confirms what the provider has opened for an attempt: from here on money moves. It leaves only when the id is
     * committed, so that whoever undoes it knows what to close.
     *
     * @param chargeId the provider's id of what it opened
     */
    record Confirm(String paymentId, int attempt, String chargeId) implements ProviderCall {
        @Override
        public String key() {
            return AttemptKey.confirm(paymentId, attempt);
        }

        @Override
        public boolean mayPrecedeCommit() {
            return false;
        }
    }

    /** Pays a captured charge back in full. */
    record Refund(String paymentId, Capture capture) implements ProviderCall {
        @Override
        public String key() {
            return AttemptKey.refund(paymentId, capture.attempt());
        }

        /** Nothing brings money back that was paid back. */
        @Override
        public boolean mayPrecedeCommit() {
            return false;
        }
    }

    /**
     * Asks what became of the attempts of an order: of all that are known, and further until one was never seen. A further
     * attempt may have been made by an instance that lost the order before it could write that down, and a record that
     * was dropped has taken the number of its attempts with it.
     *
     * @param attempts how many attempts are known, 1 or more
     * @param opened what the provider has opened for the last of them; null when that is not known to have happened
     * @param close whether to end what is still open, since nothing may be charged any more
     */
    record LookUp(String paymentId, int attempts, @Nullable String opened, boolean close) implements ProviderCall {
        @Override
        public String key() {
            return keyOf(paymentId);
        }

        static String keyOf(String paymentId) {
            return paymentId + ":look-up";
        }

        /** To ask changes nothing, but to close does. */
        @Override
        public boolean mayPrecedeCommit() {
            return !close;
        }
    }
}
