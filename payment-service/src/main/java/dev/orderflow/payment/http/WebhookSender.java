package dev.orderflow.payment.http;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.runtime.EventHeaders;
import dev.orderflow.durable.runtime.KafkaConnection;
import dev.orderflow.durable.runtime.Routing;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.events.PaymentWebhook;
import dev.orderflow.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes verified notifications to their topic. Safe for use by several threads. */
final class WebhookSender implements AutoCloseable {

    private static final String SOURCE = "/orderflow/payment/http";
    private static final Duration DELIVER_WITHIN = Duration.ofSeconds(10);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);
    private static final long BUFFER_BYTES = 4 * 1024 * 1024;

    private final Producer<byte[], byte[]> producer;
    private final AvroSerdes serdes;

    WebhookSender(Producer<byte[], byte[]> producer, AvroSerdes serdes) {
        this.producer = producer;
        this.serdes = serdes;
    }

    static WebhookSender connect(KafkaConnection kafka, AvroSerdes serdes) {
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
        int timeout = Math.toIntExact(DELIVER_WITHIN.toMillis());
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, "payment-webhooks");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout / 2);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeout);
        return new WebhookSender(
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()), serdes);
    }

    /**
     * Writes a notification and waits until the brokers have it.
     *
     * @throws RetriableException when they cannot be reached: the provider is to send it again
     */
    void send(PaymentWebhook webhook) throws InterruptedException {
        Instant now = webhook.getReceivedAt();
        String topic = Topics.PAYMENT_WEBHOOKS.name();
        try {
            producer.send(new ProducerRecord<>(
                            topic,
                            null,
                            now.toEpochMilli(),
                            Routing.keyBytes(webhook.getOrderId()),
                            serdes.serialize(topic, webhook),
                            EventHeaders.of(
                                    webhook.getProvider() + "/" + webhook.getEventId(),
                                    "PaymentWebhook",
                                    SOURCE,
                                    now,
                                    null)))
                    .get();
        } catch (ExecutionException | KafkaException failure) {
            throw new RetriableException(
                    "The notification could not be written to " + topic + ". Send it again.", failure);
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE_WITHIN);
    }
}
