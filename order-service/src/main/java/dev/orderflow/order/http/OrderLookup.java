package dev.orderflow.order.http;

import dev.orderflow.events.OrderView;
import dev.orderflow.order.saga.OrderId;
import dev.orderflow.order.view.OrderViews;
import io.micronaut.http.MutableHttpResponse;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Finds one order, wherever its view is kept. Thread-safe; never blocks. */
final class OrderLookup {

    /** An order that was taken a moment ago is not told to be unknown. */
    private static final Duration HOLD = Duration.ofSeconds(1);

    private final OrderViews views;
    private final Peers peers;

    OrderLookup(OrderViews views, Peers peers) {
        this.views = views;
        this.peers = peers;
    }

    /**
     * Answers with what is found; an id that has not been seen yet is waited for.
     *
     * @param body of the request, to be sent on with it
     */
    CompletionStage<MutableHttpResponse<byte[]>> answer(
            String orderId,
            Call call,
            byte[] body,
            Function<OrderView, CompletionStage<MutableHttpResponse<byte[]>>> found) {
        if (!OrderId.isValid(orderId)) {
            return Answers.now(Answers.unknown(orderId));
        }
        return views.place(orderId).thenCompose(place -> switch (place) {
            case OrderViews.Place.Here _ -> here(orderId, found);
            case OrderViews.Place.There(URI instance) when !call.forwarded() -> there(instance, orderId, call, body);
            case OrderViews.Place.There _ ->
                Answers.now(Answers.unavailable("Order " + orderId + " is being handed from one instance to another."));
            case OrderViews.Place.Nowhere(String why) ->
                Answers.now(Answers.unavailable("Order " + orderId + " cannot be looked up now: " + why + "."));
        });
    }

    private CompletionStage<MutableHttpResponse<byte[]>> here(
            String orderId, Function<OrderView, CompletionStage<MutableHttpResponse<byte[]>>> found) {
        return views.await(orderId, _ -> true, HOLD)
                // Looks again, so that an order whose partition was taken away meanwhile is not told to be unknown.
                .thenCompose(view -> view.or(() -> views.find(orderId))
                        .map(found)
                        .orElseGet(() -> Answers.now(Answers.unknown(orderId))));
    }

    private CompletionStage<MutableHttpResponse<byte[]>> there(URI instance, String orderId, Call call, byte[] body) {
        return peers.forward(instance, call, body)
                .exceptionally(failure -> Answers.unavailable("Order " + orderId + " is kept at " + instance
                        + ", which does not answer; another instance will take it over."));
    }
}
