package dev.orderflow.payment.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Notifications of the sandbox, and of whoever speaks its format. */
final class PlainWebhooks implements WebhookFormat {

    private final String provider;
    private final WebhookSignature signature;

    PlainWebhooks(String provider, String secret) {
        this.provider = provider;
        this.signature = new WebhookSignature(secret);
    }

    @Override
    public String header() {
        return WebhookSignature.HEADER;
    }

    @Override
    public @Nullable String fault(@Nullable String header, byte[] body, Instant now) {
        return signature.fault(header, body, now);
    }

    @Override
    public Parsed parse(byte[] body, Instant now) {
        return WebhookParser.parse(provider, body, now);
    }
}
