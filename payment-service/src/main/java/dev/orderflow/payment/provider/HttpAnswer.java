package dev.orderflow.payment.provider;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An answer over HTTP. */
final class HttpAnswer {

    private static final int EXCERPT = 200;

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    /** @param headers by name in lower case; of several with one name the last */
    HttpAnswer(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    int status() {
        return status;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    byte[] body() {
        return body;
    }

    /** The beginning of the body, on one line, for messages. */
    String excerpt() {
        String text = new String(body, 0, Math.min(body.length, EXCERPT), StandardCharsets.UTF_8);
        return text.replaceAll("\\s+", " ").strip();
    }
}
