package dev.orderflow.order.saga.model;

import dev.orderflow.order.saga.Decision;
import dev.orderflow.order.saga.Evidence;
import dev.orderflow.order.saga.OrderState;
import dev.orderflow.order.saga.SagaMessage;
import java.time.Instant;

/** Records what the saga of a world reads and decides. */
interface Tape {

    Evidence SOMEWHERE = new Evidence("a.topic", 0, 0);

    /** Records nothing. */
    Tape NONE = new Tape() {
        @Override
        public void written(Object content, Instant now) {}

        @Override
        public Evidence read(String topic, Object content) {
            return SOMEWHERE;
        }

        @Override
        public OrderState seen(OrderState shown) {
            return shown;
        }

        @Override
        public void decided(SagaMessage message, Decision decision, Instant now) {}
    };

    /** Something is written that the saga will read. */
    void written(Object content, Instant now);

    /** The saga reads it; where it stands. */
    Evidence read(String topic, Object content);

    /** The order as it comes back in a request. */
    OrderState seen(OrderState shown);

    /** What has followed. */
    void decided(SagaMessage message, Decision decision, Instant now);
}
