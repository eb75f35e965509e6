package dev.orderflow.order.http;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.events.OrderStatus;
import dev.orderflow.events.OrderView;
import dev.orderflow.order.http.PendingOrders.Pending;
import dev.orderflow.order.saga.SagaSettings;
import dev.orderflow.order.view.OrderViews;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Takes orders. An order with a fault is refused here and never reaches Kafka; the same order again is answered with what
 * became of it; other content under the same id is refused. Thread-safe; never blocks.
 */
final class OrderIntake {

    /** An order that is in Kafka and in no view for so long is left to the saga to tell from another one. */
    private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(30);

    private static final int ID_TRIES = 32;

    private final OrderViews views;
    private final OrderLog log;
    private final Peers peers;
    private final OrderReader reader;
    private final InstantSource clock;
    private final PendingOrders pending = new PendingOrders();

    OrderIntake(OrderViews views, OrderLog log, Peers peers, SagaSettings settings, InstantSource clock) {
        this.views = views;
        this.log = log;
        this.peers = peers;
        this.clock = clock;
        reader = new OrderReader(settings);
    }

    CompletionStage<MutableHttpResponse<byte[]>> place(Call call, byte[] body) {
        if (!call.isJson()) {
            return Answers.now(
                    Answers.wrongType(call.contentType().map(Object::toString).orElse("")));
        }
        try {
            return switch (reader.read(body, call.idempotencyKey(), this::newId, clock.instant())) {
                case OrderReader.Reading.Faulty faulty ->
                    Answers.now(Answers.invalid("Invalid order", faulty.faults()));
                case OrderReader.Reading.Order order -> route(call, body, order);
            };
        } catch (MalformedJsonException malformed) {
            return Answers.now(Answers.malformed(malformed));
        }
    }

    private CompletionStage<MutableHttpResponse<byte[]>> route(
            Call call, byte[] body, OrderReader.Reading.Order order) {
        return views.place(order.id()).thenCompose(place -> switch (place) {
            case OrderViews.Place.Here _ -> here(call, order);
            case OrderViews.Place.There(var instance)
            when !call.forwarded() ->
                peers.forward(instance, call, body).exceptionallyCompose(_ -> unseen(call, order));
            case OrderViews.Place.There _, OrderViews.Place.Nowhere _ -> unseen(call, order);
        });
    }

    /** Nobody can tell what is known of the order. It is taken all the same: the saga tells it from others. */
    private CompletionStage<MutableHttpResponse<byte[]>> unseen(Call call, OrderReader.Reading.Order order) {
        return write(call, order).thenApply(_ -> Answers.placed(order.id()));
    }

    private CompletionStage<MutableHttpResponse<byte[]>> here(Call call, OrderReader.Reading.Order order) {
        while (true) {
            Optional<OrderView> seen = views.find(order.id());
            if (seen.isPresent() && !isFree(seen.get())) {
                return known(call, order, seen.get());
            }
            Pending mine = new Pending(
                    order.contentHash(), seen.map(OrderView::getSequence).orElse(-1L), new CompletableFuture<>());
            Optional<Pending> other = pending.claim(order.id(), mine);
            if (other.isPresent()) {
                return again(call, order, other.get());
            }
            try {
                // What was on its way may have arrived between the look at the view and the claim.
                if (views.find(order.id()).equals(seen)) {
                    return first(call, order, mine);
                }
            } catch (RuntimeException moved) {
                pending.withdraw(order.id(), mine, moved);
                throw moved;
            }
            pending.withdraw(
                    order.id(),
                    mine,
                    new RetriableException("Order " + order.id()
                            + " was placed by two requests at once: send the same request again"));
        }
    }

    private CompletionStage<MutableHttpResponse<byte[]>> known(
            Call call, OrderReader.Reading.Order order, OrderView seen) {
        if (!seen.getContentHash().equals(order.contentHash())) {
            return Answers.now(Answers.otherContent(order.id()));
        }
        if (call.patience().isEmpty()) {
            return Answers.now(Answers.order(HttpStatus.ACCEPTED, seen, clock.instant()));
        }
        Duration patience = call.patience().get();
        return views.await(order.id(), OrderIntake::isDecided, patience)
                .thenApply(view -> decided(call, order, view, patience));
    }

    private CompletionStage<MutableHttpResponse<byte[]>> again(
            Call call, OrderReader.Reading.Order order, Pending other) {
        if (!other.contentHash().equals(order.contentHash())) {
            return Answers.now(Answers.otherContent(order.id()));
        }
        return answer(call, order, other);
    }

    private CompletionStage<MutableHttpResponse<byte[]>> first(
            Call call, OrderReader.Reading.Order order, Pending mine) {
        CompletableFuture<Optional<OrderView>> visible = views.await(order.id(), mine::isShownBy, VISIBLE_WITHIN);
        CompletableFuture<?> _ = visible.whenComplete((_, _) -> pending.release(order.id(), mine));
        CompletionStage<MutableHttpResponse<byte[]>> answer = answer(call, order, mine);
        CompletionStage<Void> _ = write(call, order).whenComplete((_, failure) -> {
            if (failure == null) {
                mine.written().complete(null);
            } else {
                visible.complete(Optional.empty());
                mine.written().completeExceptionally(failure);
            }
        });
        return answer;
    }

    private CompletionStage<Void> write(Call call, OrderReader.Reading.Order order) {
        try {
            return log.placed(
                    AvroRequests.placed(order.order()), call.traceparent().orElse(null));
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    /** The wait begins before the order is written, so that nothing is missed. */
    private CompletionStage<MutableHttpResponse<byte[]>> answer(
            Call call, OrderReader.Reading.Order order, Pending placed) {
        if (call.patience().isEmpty()) {
            return placed.written().thenApply(_ -> Answers.placed(order.id()));
        }
        Duration patience = call.patience().get();
        CompletableFuture<Optional<OrderView>> outcome =
                views.await(order.id(), view -> placed.isShownBy(view) && isDecided(view), patience);
        return placed.written()
                .thenCompose(_ -> outcome)
                .thenApply(view -> decided(call, order, view, patience))
                .whenComplete((_, _) -> outcome.cancel(false));
    }

    private MutableHttpResponse<byte[]> decided(
            Call call, OrderReader.Reading.Order order, Optional<OrderView> decided, Duration patience) {
        Optional<OrderView> view = decided.or(() -> views.find(order.id()));
        if (view.isEmpty()) {
            return Answers.waited(Answers.placed(order.id()), patience);
        }
        OrderView seen = view.get();
        if (!seen.getContentHash().equals(order.contentHash())) {
            return Answers.otherContent(order.id());
        }
        HttpStatus status = seen.getOutcome() == null ? HttpStatus.ACCEPTED : HttpStatus.OK;
        return call.minimal()
                ? Answers.applied(Answers.outline(status, seen), patience, true)
                : Answers.waited(Answers.order(status, seen, clock.instant()), patience);
    }

    /** Confirmed, cancelled, or in need of its customer. */
    private static boolean isDecided(OrderView view) {
        boolean needsCustomer = view.getStatus() == OrderStatus.CHARGING && view.getPaymentUrl() != null;
        return view.getOutcome() != null || needsCustomer;
    }

    /** A rejected order leaves its id to a corrected one. */
    private static boolean isFree(OrderView view) {
        return view.getStatus() == OrderStatus.REJECTED;
    }

    /** A new id, of an order that is kept here if there is any such. */
    private String newId() {
        String id = "";
        for (int i = 0; i < ID_TRIES; i++) {
            id = "o-" + UUID.randomUUID();
            if (views.isHere(id)) {
                return id;
            }
        }
        return id;
    }
}
