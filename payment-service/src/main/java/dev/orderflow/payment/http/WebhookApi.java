package dev.orderflow.payment.http;

import dev.orderflow.durable.runtime.KafkaConnection;
import dev.orderflow.durable.wire.AvroSerdes;
import java.time.InstantSource;

/** What the HTTP side of payment works with: the provider it hears, its secret, and the way into the log. */
public final class WebhookApi implements AutoCloseable {

    final String provider;
    final WebhookSignature signature;
    final WebhookSender sender;
    final InstantSource clock;

    /**
     * @param provider whose notifications are taken
     * @param secret signs them
     */
    public WebhookApi(String provider, String secret, KafkaConnection kafka, AvroSerdes serdes) {
        this(provider, new WebhookSignature(secret), WebhookSender.connect(kafka, serdes), InstantSource.system());
    }

    WebhookApi(String provider, WebhookSignature signature, WebhookSender sender, InstantSource clock) {
        this.provider = provider;
        this.signature = signature;
        this.sender = sender;
        this.clock = clock;
    }

    @Override
    public void close() {
        sender.close();
    }
}
