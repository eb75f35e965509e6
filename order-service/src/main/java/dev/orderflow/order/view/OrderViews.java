package dev.orderflow.order.view;

import dev.orderflow.events.OrderStatus;
import dev.orderflow.events.OrderView;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Orders as they were last committed. Each instance keeps those of its own partitions; an order of another one is asked
 * for there. Safe for use by several threads; no method blocks.
 */
public interface OrderViews {

    /** Where the view of an order is kept. */
    sealed interface Place {

        /** In this process. */
        record Here() implements Place {}

        /**
         * In another instance.
         *
         * @param instance the address of its HTTP API
         */
        record There(URI instance) implements Place {}

        /**
         * Nowhere for the moment: its partition is being handed over, or its orders are still being read.
         *
         * @param why for people
         */
        record Nowhere(String why) implements Place {}
    }

    /** Where the view of this order is kept. Completes at once where that is here. */
    CompletionStage<Place> place(String orderId);

    /**
     * The order as it was last committed; empty where none has been seen.
     *
     * @throws ViewMovedException when its partition is not kept here
     */
    Optional<OrderView> find(String orderId);

    /**
     * The first view of this order that is enough, the one that is there already included; empty when none has come
     * within the time. Whoever wants to miss nothing calls this before causing the change.
     *
     * @param atMost above zero
     * @throws ViewMovedException when its partition is not kept here
     */
    CompletableFuture<Optional<OrderView>> await(String orderId, Predicate<OrderView> enough, Duration atMost);

    /**
     * Orders of the partitions kept here, newest first.
     *
     * @param status only orders in this status; null for all
     * @param after only what comes behind this place; null for the beginning
     * @param limit how many at most, 1 or more
     * @throws dev.orderflow.durable.RetriableException while some of them are still being read
     */
    List<ListedOrder> newest(@Nullable OrderStatus status, @Nullable ListPosition after, int limit);

    /**
     * The addresses of the other instances that keep orders, for what concerns all of them. Fails with a {@link
     * dev.orderflow.durable.RetriableException} while the orders of some partition are kept by none.
     */
    CompletionStage<List<URI>> others();

    /** Whether orders with this id are kept here; false also while that is not known. */
    boolean isHere(String orderId);
}
