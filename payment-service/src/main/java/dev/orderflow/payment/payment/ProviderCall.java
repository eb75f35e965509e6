package dev.orderflow.payment.payment;

/** A call to the provider: a side effect, repeated with the same key and content until its outcome is known. */
public sealed interface ProviderCall {

    String orderId();

    /** What names it among the effects of the service, and at the provider. */
    String key();

    /**
     * Whether its first try may leave before the decision behind it is committed. If that is lost, whoever decides next may
     * decide otherwise, and must then come to know of the try.
     */
    boolean mayPrecedeCommit();

    /** Charges an attempt. */
    record Charge(String orderId, int attempt, Bill bill) implements ProviderCall {
        @Override
        public String key() {
            return AttemptKey.charge(orderId, attempt);
        }

        /** The first attempt is the hot path; whoever cancels an order asks for it in any case. */
        @Override
        public boolean mayPrecedeCommit() {
            return attempt == 1;
        }
    }

    /** Pays a captured charge back in full. */
    record Refund(String orderId, Capture capture) implements ProviderCall {
        @Override
        public String key() {
            return AttemptKey.refund(orderId, capture.attempt());
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
     */
    record LookUp(String orderId, int attempts) implements ProviderCall {
        @Override
        public String key() {
            return orderId + ":look-up";
        }

        @Override
        public boolean mayPrecedeCommit() {
            return true;
        }
    }
}
