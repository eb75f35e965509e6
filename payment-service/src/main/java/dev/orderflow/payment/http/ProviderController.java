package dev.orderflow.payment.http;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.effect.Effect;
import dev.orderflow.durable.http.Problem;
import dev.orderflow.durable.http.Problem.Fault;
import dev.orderflow.payment.control.PauseSwitch;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The provider as ops see it: whether it is paused, and which calls are not over. */
@Controller("/payments")
@Requires(beans = ProviderApi.class)
@ExecuteOn(TaskExecutors.BLOCKING)
final class ProviderController {

    private static final int LONGEST_REASON = 500;
    private static final int LARGEST_LIMIT = 10_000;

    private final ProviderApi api;

    ProviderController(ProviderApi api) {
        this.api = api;
    }

    @Get("/provider")
    HttpResponse<byte[]> look() {
        return answer(() -> ProviderJson.provider(api, api.pause.state()));
    }

    @Post("/provider/pause")
    @Consumes(MediaType.ALL)
    HttpResponse<byte[]> pause(@Body byte @Nullable [] sent) {
        ProviderJson.Reason reason = ProviderJson.reason(sent == null ? new byte[0] : sent, LONGEST_REASON);
        return reason.fault() == null ? answer(() -> switched(true, reason.text())) : invalid(reason.fault());
    }

    @Post("/provider/resume")
    @Consumes(MediaType.ALL)
    HttpResponse<byte[]> resume() {
        return answer(() -> switched(false, null));
    }

    @Get("/queue")
    HttpResponse<byte[]> queue(@QueryValue(defaultValue = "100") int limit) {
        if (limit < 1 || limit > LARGEST_LIMIT) {
            return invalid(new Fault("limit", Integer.toString(limit), "Must be 1 to " + LARGEST_LIMIT));
        }
        return answer(() -> {
            List<Effect> calls = api.calls.apply(limit + 1);
            return ProviderJson.queue(calls, limit, api.pause.pause().orElse(null));
        });
    }

    private byte[] switched(boolean paused, @Nullable String reason) throws InterruptedException {
        PauseSwitch.State state = api.pause.set(paused, reason);
        return ProviderJson.provider(api, state);
    }

    private static HttpResponse<byte[]> answer(Callable<byte[]> work) {
        try {
            return HttpResponse.ok(work.call()).contentType(MediaType.APPLICATION_JSON_TYPE);
        } catch (RetriableException failure) {
            return unavailable(String.valueOf(failure.getMessage()));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return unavailable("The service ends");
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static HttpResponse<byte[]> unavailable(String detail) {
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, detail).toResponse().header(HttpHeaders.RETRY_AFTER, "1");
    }

    private static HttpResponse<byte[]> invalid(Fault fault) {
        return new Problem(HttpStatus.BAD_REQUEST.getCode(), "Invalid request", "Nothing was done", List.of(fault))
                .toResponse();
    }
}
