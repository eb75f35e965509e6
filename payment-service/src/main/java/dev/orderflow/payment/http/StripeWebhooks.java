package dev.orderflow.payment.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import dev.orderflow.durable.http.Problem.Fault;
import dev.orderflow.events.PaymentWebhook;
import dev.orderflow.events.WebhookStatus;
import dev.orderflow.payment.payment.AttemptKey;
import dev.orderflow.payment.stripe.StripeMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stripe's notifications of PaymentIntents and refunds. They name the attempt and the installation by the metadata that it
 * was created with; without an attempt, of another installation, and of all else, they are about nothing of ours.
 */
final class StripeWebhooks implements WebhookFormat {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HEADER = "Stripe-Signature";

    private final String secret;
    private final String prefix;

    /** @param prefix of our keys: what names another one is of another installation */
    StripeWebhooks(String secret, String prefix) {
        this.secret = secret;
        this.prefix = prefix;
    }

    @Override
    public String header() {
        return HEADER;
    }

    @Override
    public @Nullable String fault(@Nullable String signature, byte[] body, Instant now) {
        if (signature == null) {
            return "The header " + HEADER + " is missing";
        }
        try {
            boolean genuine = Webhook.Signature.verifyHeader(
                    new String(body, StandardCharsets.UTF_8),
                    signature,
                    secret,
                    WebhookSignature.TOLERANCE.toSeconds(),
                    Clock.fixed(now, ZoneOffset.UTC));
            return genuine ? null : "The signature does not fit the body";
        } catch (SignatureVerificationException refused) {
            return refused.getMessage() + " (is payment.webhook-secret that of this endpoint?)";
        }
    }

    @Override
    public Parsed parse(byte[] body, Instant now) {
        JsonNode event;
        try {
            event = JSON.readTree(body);
        } catch (JsonProcessingException notJson) {
            return new Parsed(null, List.of(new Fault("", "", "Not JSON: " + notJson.getOriginalMessage())));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        JsonNode subject = event.path("data").path("object");
        JsonNode metadata = subject.path("metadata");
        StripeMetadata named = StripeMetadata.ours(name -> metadata.path(name).asText(null), prefix)
                .orElse(null);
        WebhookStatus status = status(event.path("type").asText(""));
        if (status == null
                || named == null
                || AttemptKey.read(named.orderId(), named.key()).isEmpty()) {
            return Parsed.NOT_OURS;
        }
        String intent = subject.path("payment_intent").asText(subject.path("id").asText(""));
        return new Parsed(
                new PaymentWebhook(
                        named.orderId(),
                        "stripe",
                        event.path("id").asText(""),
                        named.key(),
                        status,
                        intent,
                        subject.path("last_payment_error").path("code").asText(null),
                        now),
                List.of());
    }

    /** Null for what does not concern a charge; what is unknown makes payment ask. */
    private static @Nullable WebhookStatus status(String type) {
        return switch (type) {
            case "payment_intent.succeeded" -> WebhookStatus.SUCCEEDED;
            case "payment_intent.payment_failed" -> WebhookStatus.FAILED;
            case "payment_intent.canceled" -> WebhookStatus.CANCELED;
            case "charge.refunded" -> WebhookStatus.REFUNDED;
            default -> type.startsWith("payment_intent.") && !type.endsWith(".created") ? WebhookStatus.UNKNOWN : null;
        };
    }
}
