package dev.orderflow.durable.http;

import io.micronaut.context.annotation.Primary;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.stream.Collectors;

/** Tells the errors of the HTTP framework itself (no such path, body too large, ...) as problems, too. */
@Singleton
@Primary
final class ProblemErrors implements ErrorResponseProcessor<byte[]> {

    @Override
    public MutableHttpResponse<byte[]> processResponse(ErrorContext context, MutableHttpResponse<?> base) {
        HttpStatus status = HttpStatus.valueOf(base.code());
        String detail = context.getErrors().stream()
                .map(error -> error.getPath().map(path -> path + ": ").orElse("") + error.getMessage())
                .collect(Collectors.joining("; "));
        Problem problem = Problem.of(
                status,
                status == HttpStatus.NOT_FOUND
                        ? "There is no path " + context.getRequest().getPath() + "; docs/api.md lists what there is"
                        : detail.isBlank() ? status.getReason() : detail);
        return base.body(problem.toJson()).contentType(Problem.MEDIA_TYPE);
    }
}
