package dev.orderflow.payment.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a provider signs and writes its notifications. Safe for use by several threads. */
interface WebhookFormat {

    /** The header with the signature. */
    String header();

    /** Why a signature does not vouch for a body; null when it does. */
    @Nullable
    String fault(@Nullable String signature, byte[] body, Instant now);

    /** Reads a notification that was found to be genuine. */
    Parsed parse(byte[] body, Instant now);
}
