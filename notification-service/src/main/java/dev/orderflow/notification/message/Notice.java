package dev.orderflow.notification.message;

import java.util.List;
import java.util.Optional;

/** What became of an order, as far as its customer is told. All amounts in minor units. */
public sealed interface Notice {

    /** The order. */
    String orderId();

    /** Which kind of mail tells it. */
    MailKind kind();

    /** One line of an order. */
    record Line(String productId, int quantity, long amount) {}

    /**
     * What an order costs.
     *
     * @param currency ISO 4217 code
     * @param digits decimal digits of the currency: 0 for JPY, 2 for EUR, 3 for KWD
     */
    record Price(String currency, int digits, long subtotal, long tax, long total) {}

    /** What is wrong with an order. */
    record Fault(String field, String message) {}

    /** A line that stock cannot cover. */
    record Shortage(String productId, long requested, long available) {}

    /** Why an accepted order was cancelled. */
    enum Cause {
        OUT_OF_STOCK,
        PAYMENT_DECLINED,
        TIMEOUT,
        REQUESTED,
        OTHER
    }

    /** Stock is held and the card is charged. */
    record Confirmed(String orderId, List<Line> lines, Price price) implements Notice {
        @Override
        public MailKind kind() {
            return MailKind.CONFIRMED;
        }
    }

    /** The order was never accepted, with all that is wrong with it. */
    record Rejected(String orderId, List<Fault> faults) implements Notice {
        @Override
        public MailKind kind() {
            return MailKind.REJECTED;
        }
    }

    /** The order ended without a sale. */
    record Cancelled(String orderId, Cause cause, List<Shortage> shortages) implements Notice {
        @Override
        public MailKind kind() {
            return MailKind.CANCELLED;
        }
    }

    /** The goods are on their way. */
    record Dispatched(String orderId, List<Line> lines) implements Notice {
        @Override
        public MailKind kind() {
            return MailKind.DISPATCHED;
        }
    }

    /** The money is on its way back. */
    record Refunded(String orderId, Price price, Optional<String> reason) implements Notice {
        @Override
        public MailKind kind() {
            return MailKind.REFUNDED;
        }
    }

    /** A while after the goods have gone out, the customer is asked how they are. */
    record ReviewRequest(String orderId, List<Line> lines) implements Notice {
        @Override
        public MailKind kind() {
            return MailKind.REVIEW;
        }
    }
}
