package dev.orderflow.order.http;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.http.Problem;
import dev.orderflow.events.OrderView;
import dev.orderflow.order.saga.Fault;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answers of the API. */
final class Answers {

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final String PREFERENCE_APPLIED = "Preference-Applied";
    private static final String RETRY_AFTER_SECONDS = "1";

    private Answers() {}

    static MutableHttpResponse<byte[]> json(HttpStatus status, byte[] body) {
        return HttpResponse.<byte[]>status(status).body(body).contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    /** The whole order. */
    static MutableHttpResponse<byte[]> order(HttpStatus status, OrderView view, Instant now) {
        return located(json(status, OrderJson.order(view, now)), view.getOrderId());
    }

    /** The order is taken; the outcome will be found at its location. */
    static MutableHttpResponse<byte[]> placed(String orderId) {
        return located(json(HttpStatus.ACCEPTED, OrderJson.placed(orderId)), orderId);
    }

    /** An answer that is there already. */
    static CompletionStage<MutableHttpResponse<byte[]>> now(MutableHttpResponse<byte[]> answer) {
        return CompletableFuture.completedFuture(answer);
    }

    /** Where the order is and what became of it, and nothing else. */
    static MutableHttpResponse<byte[]> outline(HttpStatus status, OrderView view) {
        return located(json(status, OrderJson.outline(view)), view.getOrderId());
    }

    /** Says in the answer how long was waited at most. */
    static MutableHttpResponse<byte[]> waited(MutableHttpResponse<byte[]> answer, Duration wait) {
        return applied(answer, wait, false);
    }

    /** Says in the answer what was preferred and done. */
    static MutableHttpResponse<byte[]> applied(MutableHttpResponse<byte[]> answer, Duration wait, boolean minimal) {
        return answer.header(PREFERENCE_APPLIED, Preference.applied(wait, minimal));
    }

    /**
     * Nothing was done, for these reasons.
     *
     * @param title such as {@code Invalid order}
     */
    static MutableHttpResponse<byte[]> invalid(String title, List<Fault> faults) {
        List<Problem.Fault> errors = faults.stream()
                .map(fault -> new Problem.Fault(fault.field(), fault.value(), fault.message()))
                .toList();
        String detail = errors.size() == 1 ? "One thing is wrong" : errors.size() + " things are wrong";
        return new Problem(HttpStatus.BAD_REQUEST.getCode(), title, detail + "; nothing was done.", errors)
                .toResponse();
    }

    static MutableHttpResponse<byte[]> malformed(MalformedJsonException cause) {
        Problem.Fault fault = new Problem.Fault("", cause.place(), String.valueOf(cause.getMessage()));
        String place = cause.place().isEmpty() ? "" : " (" + cause.place() + ")";
        return new Problem(
                        HttpStatus.BAD_REQUEST.getCode(),
                        "Malformed JSON",
                        "The body cannot be read" + place + ": " + cause.getMessage(),
                        List.of(fault))
                .toResponse();
    }

    static MutableHttpResponse<byte[]> otherContent(String orderId) {
        return Problem.of(
                        HttpStatus.UNPROCESSABLE_ENTITY,
                        "Order " + orderId + " was placed with other content, and stands as it is: see /orders/"
                                + orderId + ". Use another id or Idempotency-Key for another order.")
                .toResponse();
    }

    static MutableHttpResponse<byte[]> wrongType(String contentType) {
        return Problem.of(
                        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                        "The body is " + contentType + ": send JSON with the header Content-Type: application/json")
                .toResponse();
    }

    static MutableHttpResponse<byte[]> unknown(String orderId) {
        return Problem.of(
                        HttpStatus.NOT_FOUND,
                        "No order " + orderId + " has been seen. One that was placed just now may need a moment more.")
                .toResponse();
    }

    static MutableHttpResponse<byte[]> conflict(String detail) {
        return Problem.of(HttpStatus.CONFLICT, detail).toResponse();
    }

    static MutableHttpResponse<byte[]> unavailable(String detail) {
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, detail)
                .toResponse()
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }

    /** The answer to a request that failed on the way. */
    static MutableHttpResponse<byte[]> failed(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof RetriableException passing) {
            return unavailable(String.valueOf(passing.getMessage()));
        }
        LOG.error("A request failed", cause);
        return Problem.of(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "This is a fault of the server, and is in its log. It is safe to send the request again.")
                .toResponse();
    }

    private static MutableHttpResponse<byte[]> located(MutableHttpResponse<byte[]> answer, String orderId) {
        return answer.header(HttpHeaders.LOCATION, "/orders/" + orderId);
    }
}
