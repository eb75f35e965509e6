package dev.orderflow.payment.http;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.http.Problem;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Takes notifications of the provider. One is taken when it is in the log; else the provider is to send it again. */
@Controller("/payments/webhooks")
@Requires(beans = WebhookApi.class)
@ExecuteOn(TaskExecutors.BLOCKING)
final class WebhookController {

    private final WebhookApi api;

    WebhookController(WebhookApi api) {
        this.api = api;
    }

    @Post("/{provider}")
    @Consumes(MediaType.ALL)
    HttpResponse<byte[]> take(@PathVariable String provider, HttpHeaders headers, @Body byte @Nullable [] sent)
            throws InterruptedException {
        if (!provider.equals(api.provider)) {
            return Problem.of(
                            HttpStatus.NOT_FOUND,
                            "No notifications of " + provider + " are taken here, but those of " + api.provider)
                    .toResponse();
        }
        byte[] body = sent == null ? new byte[0] : sent;
        Instant now = api.clock.instant();
        String forged = api.format.fault(headers.get(api.format.header()), body, now);
        if (forged != null) {
            return Problem.of(HttpStatus.UNAUTHORIZED, forged).toResponse();
        }
        Parsed parsed = api.format.parse(body, now);
        if (parsed.equals(Parsed.NOT_OURS)) {
            return HttpResponse.ok();
        }
        if (parsed.webhook() == null) {
            return new Problem(
                            HttpStatus.BAD_REQUEST.getCode(),
                            "Invalid notification",
                            "This notification was not taken",
                            parsed.faults())
                    .toResponse();
        }
        try {
            api.sender.send(parsed.webhook());
        } catch (RetriableException failure) {
            return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, String.valueOf(failure.getMessage()))
                    .toResponse()
                    .header(HttpHeaders.RETRY_AFTER, "1");
        }
        return HttpResponse.accepted();
    }
}
