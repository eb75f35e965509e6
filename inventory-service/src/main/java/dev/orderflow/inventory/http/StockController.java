package dev.orderflow.inventory.http;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.http.Problem;
import dev.orderflow.durable.http.Problem.Fault;
import dev.orderflow.events.StockView;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stock over HTTP. */
@Controller("/stock")
@Requires(beans = StockApi.class)
@ExecuteOn(TaskExecutors.BLOCKING)
final class StockController {

    /** What was adjusted a moment ago is on its way: a product that is not known yet is waited for. */
    private static final Duration HOLD = Duration.ofSeconds(1);

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;

    private final StockApi api;

    StockController(StockApi api) {
        this.api = api;
    }

    @Post("/adjustments")
    @Consumes(MediaType.ALL)
    HttpResponse<byte[]> adjust(@Body byte @Nullable [] body, @Nullable @Header("traceparent") String traceparent)
            throws InterruptedException {
        AdjustmentParser.Parsed parsed = AdjustmentParser.parse(body == null ? new byte[0] : body, api.defaultLocation);
        if (!parsed.faults().isEmpty()) {
            return invalid("No adjustment of this request was taken; correct these and send it again", parsed.faults());
        }
        try {
            api.sender.send(parsed.adjustments(), traceparent);
        } catch (RetriableException failure) {
            return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, String.valueOf(failure.getMessage()))
                    .toResponse()
                    .header(HttpHeaders.RETRY_AFTER, "1");
        }
        return HttpResponse.<byte[]>accepted()
                .body(StockJson.accepted(parsed.adjustments().size()))
                .contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    @Get("/{location}/{+productId}")
    HttpResponse<byte[]> one(@PathVariable String location, @PathVariable String productId)
            throws InterruptedException {
        Optional<StockView> found = api.table.await(location, productId, HOLD);
        if (found.isEmpty()) {
            return Problem.of(
                            HttpStatus.NOT_FOUND,
                            "No stock of product " + productId + " was ever adjusted at location " + location
                                    + "; see GET /stock for what there is")
                    .toResponse();
        }
        return json(StockJson.one(found.get()));
    }

    @Get
    HttpResponse<byte[]> list(
            @Nullable @QueryValue String location,
            @Nullable @QueryValue String limit,
            @Nullable @QueryValue String cursor) {
        List<Fault> faults = new ArrayList<>();
        int atMost = limit(limit, faults);
        String after = cursor == null ? null : after(cursor, faults);
        if (!faults.isEmpty()) {
            return invalid("The list cannot be cut like this", faults);
        }
        // One more than is shown tells whether there is another page.
        List<StockView> found = api.table.list(location, after, atMost + 1);
        List<StockView> views = found.subList(0, Math.min(atMost, found.size()));
        String next = found.size() > atMost ? cursor(views.getLast()) : null;
        return json(StockJson.list(views, next));
    }

    private static int limit(@Nullable String limit, List<Fault> faults) {
        if (limit == null) {
            return DEFAULT_LIMIT;
        }
        try {
            int number = Integer.parseInt(limit);
            if (number >= 1 && number <= MAX_LIMIT) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Told like a number out of range.
        }
        faults.add(new Fault("limit", limit, "Must be a number from 1 to " + MAX_LIMIT));
        return DEFAULT_LIMIT;
    }

    private static String cursor(StockView last) {
        byte[] key =
                StockTable.key(last.getStockLocation(), last.getProductId()).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    }

    private static @Nullable String after(String cursor, List<Fault> faults) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notACursor) {
            // Told below; how it fails to be base64 helps nobody.
        }
        faults.add(new Fault("cursor", cursor, "Not a cursor; use the value of \"next\" in the last answer"));
        return null;
    }

    private static HttpResponse<byte[]> invalid(String detail, List<Fault> faults) {
        return new Problem(HttpStatus.BAD_REQUEST.getCode(), "Invalid request", detail, faults).toResponse();
    }

    private static HttpResponse<byte[]> json(byte[] body) {
        return HttpResponse.ok(body).contentType(MediaType.APPLICATION_JSON_TYPE);
    }
}
