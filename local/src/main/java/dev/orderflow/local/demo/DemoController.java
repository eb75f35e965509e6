package dev.orderflow.local.demo;

import dev.orderflow.durable.http.Problem;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The crash button over HTTP: there with {@code up --demo} only. */
@Controller("/demo")
@Requires(beans = CrashButton.class)
final class DemoController {

    /** So that the answer gets out, by way of a process that may be the one to die. */
    private static final Duration LAST_WORDS = Duration.ofMillis(50);

    private static final Executor SOON =
            CompletableFuture.delayedExecutor(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);

    private final CrashButton button;

    DemoController(CrashButton button) {
        this.button = button;
    }

    /** What can be crashed. */
    @Get
    HttpResponse<byte[]> parts() {
        String names = button.parts().stream().map(part -> '"' + part + '"').collect(Collectors.joining(","));
        return HttpResponse.ok(("{\"parts\":[" + names + "]}").getBytes(StandardCharsets.UTF_8))
                .contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    @Post("/crash/{part}")
    HttpResponse<byte[]> crash(@PathVariable String part) {
        Optional<Long> process = button.process(part);
        if (process.isEmpty()) {
            return Problem.of(
                            HttpStatus.NOT_FOUND,
                            "There is no part '" + part + "' to crash: name one of " + button.parts())
                    .toResponse();
        }
        SOON.execute(() -> CrashButton.kill(process.get()));
        String json = "{\"crashed\":\"" + part + "\",\"process\":" + process.get() + "}";
        return HttpResponse.<byte[]>accepted()
                .body(json.getBytes(StandardCharsets.UTF_8))
                .contentType(MediaType.APPLICATION_JSON_TYPE);
    }
}
