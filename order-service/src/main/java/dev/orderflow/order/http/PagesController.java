package dev.orderflow.order.http;

import dev.orderflow.durable.http.Problem;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Serves the console and the shop. They may load nothing from elsewhere, and run no script but their own. */
@Controller
@Requires(beans = Pages.class)
@Produces(MediaType.ALL)
final class PagesController {

    private static final String POLICY =
            "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    private final Pages pages;

    PagesController(Pages pages) {
        this.pages = pages;
    }

    @Get("/")
    HttpResponse<byte[]> home() {
        return HttpResponse.<byte[]>status(HttpStatus.FOUND)
                .headers(headers -> headers.location(URI.create("/console")));
    }

    @Get("/console")
    HttpResponse<byte[]> console(HttpRequest<?> request) {
        return page(request, Pages.CONSOLE);
    }

    @Get("/shop")
    HttpResponse<byte[]> shop(HttpRequest<?> request) {
        return page(request, Pages.SHOP);
    }

    @Get("/pages/{name}")
    HttpResponse<byte[]> page(HttpRequest<?> request, String name) {
        return pages.find(name)
                .<HttpResponse<byte[]>>map(page -> page.tag()
                                .equals(request.getHeaders().get(HttpHeaders.IF_NONE_MATCH))
                        ? HttpResponse.<byte[]>status(HttpStatus.NOT_MODIFIED).header(HttpHeaders.ETAG, page.tag())
                        : HttpResponse.<byte[]>ok(page.text().getBytes(StandardCharsets.UTF_8))
                                .contentType(page.type())
                                .header(HttpHeaders.ETAG, page.tag())
                                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                                .header("Content-Security-Policy", POLICY)
                                .header("X-Content-Type-Options", "nosniff")
                                .header("Referrer-Policy", "same-origin"))
                .orElseGet(() -> Problem.of(HttpStatus.NOT_FOUND, "There is no page " + name + ": see /console")
                        .toResponse());
    }
}
