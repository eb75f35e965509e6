package dev.orderflow.order.http;

import dev.orderflow.events.OrderStatus;
import dev.orderflow.events.OrderView;
import dev.orderflow.events.TimelineEntry;
import dev.orderflow.order.saga.Request;
import dev.orderflow.order.saga.Status;
import dev.orderflow.order.saga.Step;
import dev.orderflow.order.view.OrderViews;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Passes on what people ask of an order, as far as its newest view allows it; the saga decides by what is true when the
 * request arrives there. Thread-safe; never blocks.
 */
final class OrderActions {

    private final OrderLookup lookup;
    private final OrderViews views;
    private final OrderLog log;
    private final InstantSource clock;

    OrderActions(OrderLookup lookup, OrderViews views, OrderLog log, InstantSource clock) {
        this.lookup = lookup;
        this.views = views;
        this.log = log;
        this.clock = clock;
    }

    /** @param request made of the reason that the body gives, if any */
    CompletionStage<MutableHttpResponse<byte[]>> ask(
            String orderId, Call call, byte[] body, Function<@Nullable String, Request> request) {
        ReasonBody reason;
        try {
            reason = ReasonBody.parse(body);
        } catch (MalformedJsonException malformed) {
            return Answers.now(Answers.malformed(malformed));
        }
        if (!reason.faults().isEmpty()) {
            return Answers.now(Answers.invalid("Invalid request", reason.faults()));
        }
        Request asked = request.apply(reason.reason());
        return lookup.answer(orderId, call, body, view -> ask(view, call, asked));
    }

    private CompletionStage<MutableHttpResponse<byte[]>> ask(OrderView view, Call call, Request request) {
        Optional<String> requestId = call.idempotencyKey();
        Optional<TimelineEntry> noted = requestId.flatMap(id -> noted(view, id));
        if (noted.isPresent()) {
            return Answers.now(
                    noted.get().getStep().equals(Step.REQUEST_REFUSED.text())
                            ? Answers.conflict("Order " + view.getOrderId() + ": "
                                    + noted.get().getDetail() + ".")
                            : Answers.order(HttpStatus.ACCEPTED, view, clock.instant()));
        }
        if (view.getStatus() == OrderStatus.UNKNOWN) {
            return Answers.now(Answers.conflict("Order " + view.getOrderId()
                    + " is in a state of a newer version of this service: ask an instance of that version."));
        }
        Optional<String> refused =
                request.refusedIn(Status.valueOf(view.getStatus().name()));
        if (refused.isPresent()) {
            return Answers.now(Answers.conflict("Order " + view.getOrderId() + " cannot be asked to " + request.verb()
                    + ": " + refused.get() + "."));
        }
        return send(view, call, requestId.orElseGet(() -> UUID.randomUUID().toString()), request);
    }

    private CompletionStage<MutableHttpResponse<byte[]>> send(
            OrderView view, Call call, String requestId, Request request) {
        String orderId = view.getOrderId();
        Optional<CompletableFuture<Optional<OrderView>>> moved = call.patience()
                .map(patience -> views.await(orderId, next -> next.getSequence() > view.getSequence(), patience));
        CompletionStage<Void> written = log.requested(
                AvroRequests.requested(view, requestId, request, clock.instant()),
                call.traceparent().orElse(null));
        if (moved.isEmpty()) {
            return written.thenApply(_ -> Answers.order(HttpStatus.ACCEPTED, view, clock.instant()));
        }
        Duration patience = call.patience().orElseThrow();
        return written.thenCompose(_ -> moved.get())
                .thenApply(next -> Answers.waited(
                        Answers.order(HttpStatus.ACCEPTED, next.orElse(view), clock.instant()), patience))
                .whenComplete((_, _) -> moved.get().cancel(false));
    }

    /** The saga notes each request in the timeline, by its id: what it has carried out, and what it has refused. */
    private static Optional<TimelineEntry> noted(OrderView view, String requestId) {
        return view.getTimeline().stream()
                .filter(entry -> requestId.equals(entry.getIdempotencyKey()))
                .findFirst();
    }
}
