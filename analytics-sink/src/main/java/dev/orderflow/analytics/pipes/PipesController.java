package dev.orderflow.analytics.pipes;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.HashMap;
import java.util.Map;

/** {@code /v0/pipes}: the list, and the answers of each pipe. */
@Controller("/v0/pipes")
@Requires(beans = Pipes.class)
@ExecuteOn(TaskExecutors.BLOCKING)
public class PipesController {

    private final Pipes pipes;

    public PipesController(Pipes pipes) {
        this.pipes = pipes;
    }

    /** All pipes with their parameters. */
    @Get(produces = MediaType.APPLICATION_JSON)
    public byte[] list() {
        return pipes.list();
    }

    /** The answer of one pipe. */
    @Get(uri = "/{file}", produces = MediaType.ALL)
    public HttpResponse<byte[]> answer(String file, HttpRequest<?> request) {
        Map<String, String> query = new HashMap<>();
        request.getParameters().forEach((name, values) -> query.put(name, values.getLast()));
        Answer answer = pipes.answer(file, query);
        MutableHttpResponse<byte[]> response = HttpResponse.ok(answer.body())
                .header("Content-Type", answer.contentType())
                .header("X-Covered-Offsets", answer.covered().line());
        answer.covered()
                .freshnessMillis()
                .ifPresent(millis -> response.header("X-Freshness-Ms", Long.toString(millis)));
        return response;
    }

    /** What went wrong, in the shape of Tinybird's errors. */
    @Error
    public HttpResponse<byte[]> refused(PipeException problem) {
        return HttpResponse.<byte[]>status(HttpStatus.valueOf(problem.status()))
                .contentType(MediaType.APPLICATION_JSON_TYPE)
                .body(Pipes.error(problem.reason()));
    }
}
