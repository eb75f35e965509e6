package dev.orderflow.order.saga;

import java.util.List;

/** What {@link OrderValidation} found about an order. */
public sealed interface Assessment {

    /** The content's hash, which a valid and an invalid order both have. */
    String contentHash();

    /**
     * Nothing is wrong.
     *
     * @param order the order with its prices
     */
    record Valid(PricedOrder order) implements Assessment {
        @Override
        public String contentHash() {
            return order.contentHash();
        }
    }

    /**
     * The order cannot be taken.
     *
     * @param contentHash of what was asked for
     * @param faults all that is wrong, at least one
     */
    record Invalid(String contentHash, List<Fault> faults) implements Assessment {
        public Invalid {
            faults = List.copyOf(faults);
        }
    }
}
