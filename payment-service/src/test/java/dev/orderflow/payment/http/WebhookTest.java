package dev.orderflow.payment.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.net.Webhook;
import dev.orderflow.durable.http.Problem.Fault;
import dev.orderflow.durable.runtime.Routing;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import dev.orderflow.events.PaymentWebhook;
import dev.orderflow.events.WebhookStatus;
import dev.orderflow.schemas.Topics;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class WebhookTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String BODY = "{\"id\":\"evt_1\",\"orderId\":\"o-1\",\"idempotencyKey\":\"o-1:charge:2\","
            + "\"status\":\"succeeded\",\"chargeId\":\"ch_1\",\"livemode\":false}";

    private static final String STRIPE_EVENT =
            "{\"id\":\"evt_1\",\"type\":\"payment_intent.succeeded\",\"data\":{\"object\":{\"id\":\"pi_1\","
                    + "\"object\":\"payment_intent\",\"metadata\":{\"orderflow_order\":\"o-1\",\"orderflow_key\":\"o-1:charge\"}}}}";

    private final AvroSerdes serdes = AvroSerdes.with(new InMemoryRegistry());
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final WebhookSignature signature = new WebhookSignature("a secret of both sides");
    private final WebhookController controller = new WebhookController(new WebhookApi(
            "sandbox",
            new PlainWebhooks("sandbox", "a secret of both sides"),
            new WebhookSender(producer, serdes),
            () -> NOW));

    @Test
    void shouldWriteAVerifiedNotificationToTheLog() throws InterruptedException {
        assertThat(send("sandbox", BODY).code()).isEqualTo(202);

        ProducerRecord<byte[], byte[]> written = producer.history().getFirst();
        assertThat(written.topic()).isEqualTo(Topics.PAYMENT_WEBHOOKS.name());
        assertThat(written.key()).isEqualTo(Routing.keyBytes("o-1"));
        assertThat(new String(written.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8))
                .isEqualTo("sandbox/evt_1");
        assertThat(serdes.deserialize(written.topic(), written.value(), PaymentWebhook.class))
                .isEqualTo(new PaymentWebhook(
                        "o-1", "sandbox", "evt_1", "o-1:charge:2", WebhookStatus.SUCCEEDED, "ch_1", null, NOW));
    }

    @Test
    void shouldRefuseWhatIsNotSignedByTheProvider() throws InterruptedException {
        byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
        assertThat(take(null, body).code()).isEqualTo(401);
        assertThat(take("t=1", body).code()).isEqualTo(401);
        assertThat(take("t=x,v1=zz", body).code()).isEqualTo(401);
        String valid = signature.sign(body, NOW);
        assertThat(take(valid, (BODY + " ").getBytes(StandardCharsets.UTF_8)).code())
                .isEqualTo(401);
        assertThat(take(new WebhookSignature("another secret").sign(body, NOW), body)
                        .code())
                .isEqualTo(401);
        Duration tooOld = WebhookSignature.TOLERANCE.plusSeconds(1);
        assertThat(take(signature.sign(body, NOW.minus(tooOld)), body).code()).isEqualTo(401);
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void shouldKnowOneProviderOnly() throws InterruptedException {
        assertThat(send("stripe", BODY).code()).isEqualTo(404);
    }

    @Test
    void shouldTellEveryFaultAtOnce() throws InterruptedException {
        HttpResponse<byte[]> refused = send("sandbox", "{\"orderId\":\"o 1\"}");
        assertThat(refused.code()).isEqualTo(400);
        assertThat(WebhookParser.parse("sandbox", "{\"orderId\":\"o 1\"}".getBytes(StandardCharsets.UTF_8), NOW)
                        .faults())
                .extracting(Fault::field)
                .containsExactly("id", "idempotencyKey", "status", "orderId");
        assertThat(send("sandbox", "[]").code()).isEqualTo(400);
        assertThat(send("sandbox", "").code()).isEqualTo(400);
        assertThat(send("sandbox", BODY.replace("o-1:charge:2", "o-2:charge")).code())
                .isEqualTo(400);
    }

    @Test
    void shouldTakeStripesNotificationsOfOurCharges() throws Exception {
        WebhookController stripe = stripe("");
        String event = STRIPE_EVENT;
        String refunded = event.replace("payment_intent.succeeded", "charge.refunded")
                .replace("\"id\":\"pi_1\"", "\"id\":\"ch_1\",\"payment_intent\":\"pi_1\"");
        for (String body : List.of(event, refunded, event.replace("succeeded", "processing"))) {
            assertThat(stripe(stripe, body).code()).isEqualTo(202);
        }
        assertThat(stripe(stripe, event.replace("orderflow_key", "other")).code())
                .as("not ours")
                .isEqualTo(200);
        assertThat(stripe(stripe, event.replace("payment_intent.succeeded", "invoice.paid"))
                        .code())
                .isEqualTo(200);

        assertThat(producer.history())
                .extracting(written -> serdes.deserialize(written.topic(), written.value(), PaymentWebhook.class))
                .containsExactly(
                        new PaymentWebhook(
                                "o-1", "stripe", "evt_1", "o-1:charge", WebhookStatus.SUCCEEDED, "pi_1", null, NOW),
                        new PaymentWebhook(
                                "o-1", "stripe", "evt_1", "o-1:charge", WebhookStatus.REFUNDED, "pi_1", null, NOW),
                        new PaymentWebhook(
                                "o-1", "stripe", "evt_1", "o-1:charge", WebhookStatus.UNKNOWN, "pi_1", null, NOW));

        byte[] body = event.getBytes(StandardCharsets.UTF_8);
        for (String signed : List.of(
                Webhook.Signature.generateSignatureHeader(event, "another secret", NOW.getEpochSecond()),
                Webhook.Signature.generateSignatureHeader(event + " ", "whsec_0123456789", NOW.getEpochSecond()),
                Webhook.Signature.generateSignatureHeader(event, "whsec_0123456789", NOW.getEpochSecond() - 301),
                "nonsense")) {
            assertThat(stripe.take("stripe", headers("Stripe-Signature", signed), body)
                            .code())
                    .as(signed)
                    .isEqualTo(401);
        }
        assertThat(stripe.take("stripe", headers("Stripe-Signature", null), body)
                        .code())
                .isEqualTo(401);
        assertThat(producer.history()).hasSize(3);
    }

    @Test
    void shouldPassOverStripesNotificationsOfAnotherInstallation() throws Exception {
        WebhookController shop = stripe("shop:");
        String ofOurs = STRIPE_EVENT.replace("\"metadata\":{", "\"metadata\":{\"orderflow_prefix\":\"shop:\",");
        String ofAnother = ofOurs.replace("shop:", "other:");

        assertThat(stripe(shop, ofAnother).code()).isEqualTo(200);
        assertThat(stripe(stripe(""), ofAnother).code()).isEqualTo(200);
        assertThat(producer.history()).isEmpty();

        assertThat(stripe(shop, ofOurs).code()).isEqualTo(202);
        assertThat(stripe(shop, STRIPE_EVENT).code())
                .as("by an earlier version")
                .isEqualTo(202);
        assertThat(producer.history()).hasSize(2);
    }

    private WebhookController stripe(String keyPrefix) {
        return new WebhookController(new WebhookApi(
                "stripe",
                new StripeWebhooks("whsec_0123456789", keyPrefix),
                new WebhookSender(producer, serdes),
                () -> NOW));
    }

    private static HttpResponse<byte[]> stripe(WebhookController stripe, String event) throws Exception {
        String signed = Webhook.Signature.generateSignatureHeader(event, "whsec_0123456789", NOW.getEpochSecond());
        return stripe.take("stripe", headers("Stripe-Signature", signed), event.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldKeepAStatusThatItDoesNotKnow() throws InterruptedException {
        send("sandbox", BODY.replace("succeeded", "disputed"));
        PaymentWebhook webhook = serdes.deserialize(
                Topics.PAYMENT_WEBHOOKS.name(), producer.history().getFirst().value(), PaymentWebhook.class);
        assertThat(webhook.getStatus()).isEqualTo(WebhookStatus.UNKNOWN);
    }

    @Test
    void shouldAskForItAgainWhenTheLogCannotBeReached() throws InterruptedException {
        producer.sendException = new TimeoutException("no broker");
        assertThat(send("sandbox", BODY).code()).isEqualTo(503);
    }

    private HttpResponse<byte[]> send(String provider, String body) throws InterruptedException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return controller.take(provider, headers("Orderflow-Signature", signature.sign(bytes, NOW)), bytes);
    }

    private HttpResponse<byte[]> take(String signed, byte[] body) throws InterruptedException {
        return controller.take("sandbox", headers("Orderflow-Signature", signed), body);
    }

    private static HttpHeaders headers(String name, String value) {
        MutableHttpRequest<?> request = HttpRequest.POST("/", "");
        return value == null
                ? request.getHeaders()
                : request.header(name, value).getHeaders();
    }
}
