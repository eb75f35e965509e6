package dev.orderflow.durable.service;

import dev.orderflow.durable.http.Problem;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what a page of another site has a browser ask for, such as a pause of payments: the browser may reach an address
 * that its site does not. Clients that are no browsers say nothing of a site, and are not concerned.
 *
 * @see <a href="https://www.w3.org/TR/fetch-metadata/">Fetch Metadata Request Headers</a>
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class CrossSiteFilter {

    private static final String SITE = "Sec-Fetch-Site";
    private static final List<String> OWN = List.of("same-origin", "none");

    private final List<OpenToOtherSites> open;

    CrossSiteFilter(List<OpenToOtherSites> open) {
        this.open = open;
    }

    @RequestFilter
    @Nullable
    HttpResponse<byte[]> refuse(HttpRequest<?> request) {
        if (request.getMethod() == HttpMethod.GET
                || request.getMethod() == HttpMethod.HEAD
                || isOwn(request.getHeaders())
                || open.stream().anyMatch(service -> service.paths().contains(request.getPath()))) {
            return null;
        }
        return Problem.of(
                        HttpStatus.FORBIDDEN,
                        "A page of another site has asked for this, which is refused: ask from a page of this address,"
                                + " or with a client that is no browser.")
                .toResponse();
    }

    /** Where a browser says nothing of the site, as over plain HTTP from afar, the origin has to be the address asked. */
    private static boolean isOwn(HttpHeaders headers) {
        String site = headers.get(SITE);
        if (site != null) {
            return OWN.contains(site.toLowerCase(Locale.ROOT));
        }
        String origin = headers.get(HttpHeaders.ORIGIN);
        String host = headers.get(HttpHeaders.HOST);
        return origin == null
                || (host != null && origin.substring(origin.indexOf("://") + 1).equals("//" + host));
    }
}
