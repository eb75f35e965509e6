package dev.orderflow.order.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import java.time.Duration;
import java.util.Optional;

/**
 * What the API needs to know of a request.
 *
 * @param method such as {@code POST}
 * @param pathAndQuery as it came
 * @param contentType of the body; empty when none is named
 * @param idempotencyKey the header of that name, or what the sender left out
 * @param patience how long the sender is ready to wait
 * @param minimal whether the outcome is all that the sender wants to hear
 * @param preferences the {@code Prefer} header as it came, to be handed on
 * @param traceparent of what led to this request
 * @param forwarded another instance has sent it here: it must not be sent on
 */
record Call(
        String method,
        String pathAndQuery,
        Optional<MediaType> contentType,
        Optional<String> idempotencyKey,
        Optional<Duration> patience,
        boolean minimal,
        Optional<String> preferences,
        Optional<String> traceparent,
        boolean forwarded) {

    /** Marks a request that one instance sends on to another. */
    static final String FORWARDED = "Orderflow-Forwarded";

    static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    static final String PREFER = "Prefer";
    static final String TRACEPARENT = "traceparent";

    static Call of(HttpRequest<?> request) {
        HttpHeaders headers = request.getHeaders();
        String query = request.getUri().getRawQuery();
        return new Call(
                request.getMethodName(),
                request.getUri().getRawPath() + (query == null ? "" : "?" + query),
                request.getContentType(),
                headers.getFirst(IDEMPOTENCY_KEY),
                Preference.waitOf(headers.getAll(PREFER)),
                Preference.isMinimal(headers.getAll(PREFER)),
                headers.getFirst(PREFER),
                headers.getFirst(TRACEPARENT),
                headers.contains(FORWARDED));
    }

    /** Whether the body is JSON, as far as its type says; one without a type is taken for it. */
    boolean isJson() {
        return contentType
                .map(type ->
                        type.getSubtype().equals("json") || type.getSubtype().endsWith("+json"))
                .orElse(true);
    }
}
