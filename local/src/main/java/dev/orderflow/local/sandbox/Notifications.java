package dev.orderflow.local.sandbox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.orderflow.payment.http.WebhookSignature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the shop what becomes of charges: signed, late, doubled and out of order where the settings say so, and again until
 * it is taken. What is not delivered when the provider ends is lost, as the shop must bear. Safe for use by several threads.
 */
final class Notifications implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
    private static final JsonFactory JSON = new JsonFactory();
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final int MOST_TRIES = 20;
    private static final long FIRST_PAUSE_MS = 500;
    private static final long LONGEST_PAUSE_MS = 30_000;

    private final WebhookSignature signature;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("sandbox-webhooks").factory());
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER_WITHIN)
            .build();
    private final AtomicLong numbers = new AtomicLong();
    private final String run = Long.toString(Instant.now().toEpochMilli(), 36);
    private final LongAdder sent = new LongAdder();
    private final LongAdder taken = new LongAdder();

    /** @param secret what they are signed with, the same as the shop's */
    Notifications(String secret) {
        this.signature = new WebhookSignature(secret);
    }

    /**
     * Tells of a charge.
     *
     * @param status {@code pending}, {@code succeeded}, {@code failed}, {@code canceled} or {@code refunded}
     */
    void tell(Charge charge, String status, SandboxSettings settings) {
        if (settings.webhookUrl().isEmpty()) {
            return;
        }
        String id = "evt_" + run + "_" + numbers.incrementAndGet();
        byte[] body = body(id, charge, status);
        URI target = URI.create(settings.webhookUrl());
        int copies = settings.doubles(id) ? 2 : 1;
        for (int copy = 0; copy < copies; copy++) {
            // Each copy has a place of its own in the disorder.
            schedule(
                    () -> send(target, body, 1),
                    settings.webhookPause(id + copy).toMillis());
        }
    }

    long sent() {
        return sent.sum();
    }

    long taken() {
        return taken.sum();
    }

    private void send(URI target, byte[] body, int tries) {
        sent.increment();
        HttpRequest request = HttpRequest.newBuilder(target)
                .timeout(ANSWER_WITHIN)
                .header("Content-Type", "application/json")
                .header(WebhookSignature.HEADER, signature.sign(body, Instant.now()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        Future<?> _ = http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .handle((answer, failure) -> {
                    if (failure == null && answer.statusCode() < 300) {
                        taken.increment();
                    } else {
                        again(
                                target,
                                body,
                                tries,
                                failure == null ? "HTTP " + answer.statusCode() : failure.toString());
                    }
                    return null;
                });
    }

    private void again(URI target, byte[] body, int tries, String why) {
        if (tries >= MOST_TRIES) {
            LOG.warn("A notification was not taken by {} in {} tries: {}", target, tries, why);
            return;
        }
        LOG.debug("A notification was not taken by {}: {}", target, why);
        long pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << Math.min(tries, 10));
        schedule(() -> send(target, body, tries + 1), pause);
    }

    private void schedule(Runnable work, long millis) {
        if (!clock.isShutdown()) {
            Future<?> _ = clock.schedule(work, millis, TimeUnit.MILLISECONDS);
        }
    }

    private static byte[] body(String id, Charge charge, String status) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(200);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("id", id);
            json.writeStringField("orderId", charge.orderId());
            json.writeStringField("idempotencyKey", charge.key());
            json.writeStringField("status", status);
            json.writeStringField("chargeId", charge.chargeId());
            if (!charge.declined().isEmpty()) {
                json.writeStringField("reason", charge.declined());
            }
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        http.shutdownNow();
    }
}
