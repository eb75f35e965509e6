package dev.orderflow.payment.payment;

/** A call to the provider: a side effect, repeated with the same key and content until its outcome is known. */
public sealed interface ProviderCall {

    String orderId();

    /** What names it among the effects of the service, and at the provider. */
    String key();

    /**
     * Whether it may leave only when the decision to make it is committed. The first charge need not wait: a cancel looks
     * for it whatever our own records say. But which refund or further attempt there is depends on the order in which
     * messages were read, and an instance that takes over may read them in another one.
     */
    boolean needsCommit();

    /** Charges an attempt. */
    record Charge(String orderId, int attempt, Bill bill) implements ProviderCall {
        @Override
        public String key() {
            return AttemptKey.charge(orderId, attempt);
        }

        @Override
        public boolean needsCommit() {
            return attempt > 1;
        }
    }

    /** Pays a captured charge back in full. */
    record Refund(String orderId, Capture capture) implements ProviderCall {
        @Override
        public String key() {
            return AttemptKey.refund(orderId, capture.attempt());
        }

        @Override
        public boolean needsCommit() {
            return true;
        }
    }

    /**
     * Asks what became of the attempts of an order: of all that are known, and further until one was never seen, for a
     * record that was dropped has taken the number of its attempts with it.
     *
     * @param attempts how many attempts are known, 1 or more
     */
    record LookUp(String orderId, int attempts) implements ProviderCall {
        @Override
        public String key() {
            return orderId + ":look-up";
        }

        @Override
        public boolean needsCommit() {
            return false;
        }
    }
}
