package dev.orderflow.order.http;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.client.ProxyHttpClient;
import io.micronaut.http.filter.HttpServerFilter;
import io.micronaut.http.filter.ServerFilterChain;
import java.net.URI;
import java.util.Optional;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Sends requests for other services on to them, and their answers back as they come. */
@Filter({"/stock/**", "/loyalty/**", "/v0/**", "/payments/**", "/audit/**", "/mailbox/**", "/demo/**"})
@Requires(beans = Gateway.class)
final class GatewayFilter implements HttpServerFilter {

    private static final String SITE = "Sec-Fetch-Site";

    private final Gateway gateway;
    private final ProxyHttpClient client;

    GatewayFilter(Gateway gateway, ProxyHttpClient client) {
        this.gateway = gateway;
        this.client = client;
    }

    @Override
    public Publisher<MutableHttpResponse<?>> doFilter(HttpRequest<?> request, ServerFilterChain chain) {
        Optional<URI> target = gateway.target(request.getPath());
        if (target.isEmpty()) {
            return chain.proceed(request);
        }
        URI service = target.get();
        // Where it came from was looked at here, and is measured against this address.
        return Mono.from(client.proxy(request.mutate()
                        .uri(on(service, request.getUri()))
                        .headers(headers -> headers.remove(HttpHeaders.ORIGIN).remove(SITE))))
                .onErrorResume(failure -> Mono.just(Answers.unavailable("The service behind " + request.getPath()
                        + " at " + service + " does not answer: " + failure.getMessage())));
    }

    /** Path and query go as they came: decoding and encoding them anew would change what is signed. */
    private static URI on(URI service, URI asked) {
        String query = asked.getRawQuery();
        return service.resolve(asked.getRawPath() + (query == null ? "" : "?" + query));
    }
}
