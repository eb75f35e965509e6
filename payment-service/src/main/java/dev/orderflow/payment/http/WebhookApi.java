package dev.orderflow.payment.http;

import dev.orderflow.durable.runtime.KafkaConnection;
import dev.orderflow.durable.wire.AvroSerdes;
import java.time.InstantSource;

/** What the HTTP side of payment works with: the provider it hears, how that signs, and the way into the log. */
public final class WebhookApi implements AutoCloseable {

    final String provider;
    final WebhookFormat format;
    final WebhookSender sender;
    final InstantSource clock;

    /**
     * @param provider whose notifications are taken
     * @param secret signs them
     * @param keyPrefix of the charges that are ours, where several installations share an account; empty for none
     */
    public WebhookApi(String provider, String secret, String keyPrefix, KafkaConnection kafka, AvroSerdes serdes) {
        this(
                provider,
                formatOf(provider, secret, keyPrefix),
                WebhookSender.connect(kafka, serdes),
                InstantSource.system());
    }

    WebhookApi(String provider, WebhookFormat format, WebhookSender sender, InstantSource clock) {
        this.provider = provider;
        this.format = format;
        this.sender = sender;
        this.clock = clock;
    }

    private static WebhookFormat formatOf(String provider, String secret, String keyPrefix) {
        return provider.equals("stripe") ? new StripeWebhooks(secret, keyPrefix) : new PlainWebhooks(provider, secret);
    }

    @Override
    public void close() {
        sender.close();
    }
}
