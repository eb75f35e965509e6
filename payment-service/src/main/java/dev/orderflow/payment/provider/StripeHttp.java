package dev.orderflow.payment.provider;

import com.stripe.exception.ApiConnectionException;
import com.stripe.net.HttpURLConnectionClient;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import dev.orderflow.durable.RetriableException;
import java.time.InstantSource;

/** Stripe's own HTTP client, which also tells how long Stripe asks us to wait: its exceptions do not. */
final class StripeHttp extends HttpURLConnectionClient {

    private static final int CONFLICT = 409;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final InstantSource clock;

    StripeHttp(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public StripeResponse request(StripeRequest request) throws ApiConnectionException {
        StripeResponse response = super.request(request);
        int code = response.code();
        if (code == CONFLICT || code == TOO_MANY_REQUESTS || code >= SERVER_ERROR) {
            throw new RetriableException(
                    "answered " + code + ": " + request.method() + " " + request.url(),
                    null,
                    RetryAfter.parse(
                            response.headers().firstValue("Retry-After").orElse(null), clock.instant()));
        }
        return response;
    }
}
