package dev.orderflow.order.http;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The paths of dead letters. They are read from Kafka by whichever instance is asked. */
@Controller("/dead-letters")
@Requires(beans = DeadLetterApi.class)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.ALL)
@Consumes(MediaType.ALL)
final class DeadLettersController {

    private final DeadLetterApi api;

    DeadLettersController(DeadLetterApi api) {
        this.api = api;
    }

    @Get
    HttpResponse<byte[]> list(
            @QueryValue Optional<String> service,
            @QueryValue Optional<String> limit,
            @QueryValue Optional<String> cursor) {
        return api.list(service, limit, cursor);
    }

    @Get("/{id}")
    HttpResponse<byte[]> show(String id) {
        return api.show(id);
    }

    @Post("/redrive")
    HttpResponse<byte[]> redrive(@Body byte @Nullable [] body) {
        return api.redrive(body == null ? new byte[0] : body);
    }
}
