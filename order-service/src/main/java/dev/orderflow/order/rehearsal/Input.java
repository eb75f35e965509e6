package dev.orderflow.order.rehearsal;

import dev.orderflow.order.saga.Evidence;
import dev.orderflow.order.saga.SagaMessage;
import java.time.Instant;

/**
 * A record that the saga reads about an order.
 *
 * @param place where it stands
 * @param written the record's own time
 * @param handled whether the running saga is known to have read it
 */
public record Input(Evidence place, Instant written, boolean handled, Content content) {

    /** What this build makes of it. */
    public sealed interface Content {

        /** Something to decide about. */
        record Understood(SagaMessage message) implements Content {}

        /**
         * A dead letter, whatever the order is.
         *
         * @param reason as the service would say it
         */
        record Refused(String reason) implements Content {}
    }
}
