package dev.orderflow.inventory.http;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.runtime.EventHeaders;
import dev.orderflow.durable.runtime.KafkaConnection;
import dev.orderflow.durable.runtime.Routing;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.events.StockAdjustment;
import dev.orderflow.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes adjustments to their topic. Safe for use by several threads. */
final class AdjustmentSender implements AutoCloseable {

    private static final String SOURCE = "/orderflow/inventory/http";
    private static final Duration DELIVER_WITHIN = Duration.ofSeconds(10);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);
    private static final int LINGER_MS = 5;

    private final Producer<byte[], byte[]> producer;
    private final AvroSerdes serdes;

    AdjustmentSender(Producer<byte[], byte[]> producer, AvroSerdes serdes) {
        this.producer = producer;
        this.serdes = serdes;
    }

    static AdjustmentSender connect(KafkaConnection kafka, AvroSerdes serdes) {
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
        int timeout = Math.toIntExact(DELIVER_WITHIN.toMillis());
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, "stock-adjustments");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout / 2);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeout);
        return new AdjustmentSender(
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()), serdes);
    }

    /**
     * Writes all of them and waits until the brokers have them.
     *
     * @param traceparent of the request, if it came with one
     * @throws RetriableException when the brokers cannot be reached: some may have been written, and may be sent again
     */
    void send(List<AdjustmentRequest> adjustments, @Nullable String traceparent) throws InterruptedException {
        Instant now = Instant.now();
        try {
            List<Future<RecordMetadata>> sent = new ArrayList<>(adjustments.size());
            for (AdjustmentRequest adjustment : adjustments) {
                sent.add(producer.send(record(adjustment, now, traceparent)));
            }
            for (Future<RecordMetadata> written : sent) {
                written.get();
            }
        } catch (ExecutionException | KafkaException failure) {
            throw new RetriableException(
                    "Adjustments could not be written to " + Topics.STOCK_ADJUSTMENTS.name()
                            + ". Send the same ones again: those that were written count only once.",
                    failure);
        }
    }

    private ProducerRecord<byte[], byte[]> record(
            AdjustmentRequest adjustment, Instant now, @Nullable String traceparent) {
        String topic = Topics.STOCK_ADJUSTMENTS.name();
        StockAdjustment value = new StockAdjustment(
                adjustment.location(), adjustment.productId(), adjustment.delta(), adjustment.adjustmentId(), now);
        return new ProducerRecord<>(
                topic,
                null,
                now.toEpochMilli(),
                Routing.keyBytes(adjustment.location()),
                serdes.serialize(topic, value),
                EventHeaders.of(
                        adjustment.location() + "/" + adjustment.adjustmentId(),
                        "StockAdjustment",
                        SOURCE,
                        now,
                        traceparent));
    }

    @Override
    public void close() {
        producer.close(CLOSE_WITHIN);
    }
}
