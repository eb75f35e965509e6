package dev.orderflow.loyalty.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.orderflow.durable.http.Problem;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/** Points over HTTP. */
@Controller("/loyalty")
@Requires(beans = LoyaltyApi.class)
@ExecuteOn(TaskExecutors.BLOCKING)
final class LoyaltyController {

    private static final JsonFactory JSON = new JsonFactory();

    private final LoyaltyApi api;

    LoyaltyController(LoyaltyApi api) {
        this.api = api;
    }

    /** The balance and the newest entries; a customer without any has a balance of 0. */
    @Get("/{+userId}")
    HttpResponse<byte[]> points(@PathVariable String userId) {
        if (!api.reader().isReady()) {
            return Problem.of(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "The ledger is still being read; a balance now could be too low. Ask again in a second")
                    .toResponse()
                    .header(HttpHeaders.RETRY_AFTER, "1");
        }
        List<LedgerTable.Line> lines = api.ledgers.newest(api.pseudonym.of(userId));
        return HttpResponse.ok(json(userId, lines)).contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    static byte[] json(String userId, List<LedgerTable.Line> lines) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("userId", userId);
            json.writeNumberField(
                    "balance", lines.isEmpty() ? 0 : lines.getFirst().balance());
            json.writeArrayFieldStart("entries");
            for (LedgerTable.Line line : lines) {
                json.writeStartObject();
                json.writeStringField("orderId", line.orderId());
                json.writeStringField("kind", line.earned() ? "earned" : "taken_back");
                json.writeNumberField("points", line.points());
                json.writeNumberField("balance", line.balance());
                json.writeStringField(
                        "at", Instant.ofEpochMilli(line.atMillis()).toString());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return out.toByteArray();
    }
}
