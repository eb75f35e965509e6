package dev.orderflow.order.http;

import dev.orderflow.order.saga.Request;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The paths of orders. */
@Controller("/orders")
@Requires(beans = OrderApi.class)
@Produces(MediaType.ALL)
@Consumes(MediaType.ALL)
final class OrdersController {

    private final OrderApi api;

    OrdersController(OrderApi api) {
        this.api = api;
    }

    @Post
    CompletionStage<MutableHttpResponse<byte[]>> place(HttpRequest<byte[]> request) {
        return api.place(Call.of(request), request.getBody());
    }

    @Get("/{orderId}")
    CompletionStage<MutableHttpResponse<byte[]>> get(HttpRequest<?> request, String orderId) {
        return api.get(orderId, Call.of(request));
    }

    @Get("/{orderId}/timeline")
    CompletionStage<MutableHttpResponse<byte[]>> timeline(HttpRequest<?> request, String orderId) {
        return api.timeline(orderId, Call.of(request));
    }

    @Post("/{orderId}/cancel")
    CompletionStage<MutableHttpResponse<byte[]>> cancel(HttpRequest<byte[]> request, String orderId) {
        return api.ask(orderId, Call.of(request), request.getBody(), Request.Cancel::new);
    }

    @Post("/{orderId}/retry")
    CompletionStage<MutableHttpResponse<byte[]>> retry(HttpRequest<byte[]> request, String orderId) {
        return api.ask(orderId, Call.of(request), request.getBody(), _ -> new Request.Retry());
    }

    @Post("/{orderId}/refund")
    CompletionStage<MutableHttpResponse<byte[]>> refund(HttpRequest<byte[]> request, String orderId) {
        return api.ask(orderId, Call.of(request), request.getBody(), Request.Refund::new);
    }

    @Post("/{orderId}/dispatch")
    CompletionStage<MutableHttpResponse<byte[]>> dispatch(HttpRequest<byte[]> request, String orderId) {
        return api.ask(orderId, Call.of(request), request.getBody(), _ -> new Request.Dispatch());
    }

    /** Reads up to 500 orders from disk, so it is kept off the event loops. */
    @Get
    @ExecuteOn(TaskExecutors.BLOCKING)
    CompletionStage<MutableHttpResponse<byte[]>> list(
            HttpRequest<?> request,
            @QueryValue Optional<String> status,
            @QueryValue Optional<String> limit,
            @QueryValue Optional<String> cursor) {
        return api.list(Call.of(request), status, limit, cursor);
    }
}
