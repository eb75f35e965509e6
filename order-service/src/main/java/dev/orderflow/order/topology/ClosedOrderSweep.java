package dev.orderflow.order.topology;

import dev.orderflow.events.OrderRemembered;
import dev.orderflow.events.OrderSagaState;
import dev.orderflow.order.saga.OrderSaga;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Forgets closed orders whose window has passed, a slice of the store at a time. A timer of its own for each order would
 * double what a restart has to restore.
 */
final class ClosedOrderSweep {

    /** So many orders are looked at in one go: a few milliseconds of the stream thread. */
    static final int SLICE = 1_000;

    private final OrderSaga saga;
    private final KeyValueStore<String, OrderSagaState> store;
    private @Nullable String reached;

    ClosedOrderSweep(OrderSaga saga, KeyValueStore<String, OrderSagaState> store) {
        this.saga = saga;
        this.store = store;
    }

    /**
     * Looks at the next slice.
     *
     * @return whether the end of the store was reached; the next slice is then the first one again
     */
    boolean next(Instant now) {
        List<String> old = new ArrayList<>();
        String last = reached;
        boolean end = true;
        try (KeyValueIterator<String, OrderSagaState> orders = store.range(reached, null)) {
            int seen = 0;
            while (orders.hasNext()) {
                if (seen++ == SLICE) {
                    end = false;
                    break;
                }
                KeyValue<String, OrderSagaState> order = orders.next();
                last = order.key;
                if (order.value.getState() instanceof OrderRemembered closed
                        && saga.forgettable(StateAvro.closed(order.key, closed), now)) {
                    old.add(order.key);
                }
            }
        }
        for (String orderId : old) {
            store.delete(orderId);
        }
        reached = end ? null : last;
        return end;
    }
}
