package dev.orderflow.order.http;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The other instances of this service. Their client is made when the first of them is spoken to. Thread-safe. */
final class Peers implements AutoCloseable {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);
    private static final Duration ANSWER_WITHIN = Preference.LONGEST.plusSeconds(15);
    private static final List<String> HANDED_BACK = List.of("Location", "Preference-Applied", "Retry-After");

    private @Nullable HttpClient client;

    /**
     * Sends a request on to another instance and hands its answer back.
     *
     * @param body empty where there is none
     */
    CompletionStage<MutableHttpResponse<byte[]>> forward(URI instance, Call call, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(instance.resolve(call.pathAndQuery()))
                .timeout(ANSWER_WITHIN)
                .method(call.method(), HttpRequest.BodyPublishers.ofByteArray(body))
                .header(Call.FORWARDED, "1");
        call.contentType().ifPresent(type -> request.header("Content-Type", type.toString()));
        call.idempotencyKey().ifPresent(key -> request.header(Call.IDEMPOTENCY_KEY, key));
        call.preferences().ifPresent(prefer -> request.header(Call.PREFER, prefer));
        call.traceparent().ifPresent(trace -> request.header(Call.TRACEPARENT, trace));
        return client().sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray())
                .thenApply(Peers::handBack);
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }

    private synchronized HttpClient client() {
        HttpClient existing = client;
        if (existing == null) {
            existing = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT_WITHIN)
                    .build();
            client = existing;
        }
        return existing;
    }

    private static MutableHttpResponse<byte[]> handBack(HttpResponse<byte[]> answer) {
        MutableHttpResponse<byte[]> response = Answers.json(HttpStatus.valueOf(answer.statusCode()), answer.body());
        answer.headers().firstValue("Content-Type").ifPresent(type -> response.contentType(MediaType.of(type)));
        for (String name : HANDED_BACK) {
            answer.headers().firstValue(name).ifPresent(value -> response.header(name, value));
        }
        return response;
    }
}
