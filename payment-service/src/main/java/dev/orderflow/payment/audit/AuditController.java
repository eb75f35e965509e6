package dev.orderflow.payment.audit;

import dev.orderflow.durable.http.Problem;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** The audit over HTTP. */
@Controller("/audit")
@Requires(beans = Audit.class)
@ExecuteOn(TaskExecutors.BLOCKING)
final class AuditController {

    private final Audit audit;

    AuditController(Audit audit) {
        this.audit = audit;
    }

    @Get
    HttpResponse<byte[]> audit() {
        return audit.finding()
                .<HttpResponse<byte[]>>map(
                        finding -> HttpResponse.ok(AuditJson.of(finding)).contentType(MediaType.APPLICATION_JSON_TYPE))
                .orElseGet(() -> Problem.of(
                                HttpStatus.SERVICE_UNAVAILABLE,
                                "The audit has not read the topics yet: " + audit.trouble() + ". Ask again.")
                        .toResponse()
                        .header(HttpHeaders.RETRY_AFTER, "1"));
    }
}
