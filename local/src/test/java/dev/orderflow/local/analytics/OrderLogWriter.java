package dev.orderflow.local.analytics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.events.Customer;
import dev.orderflow.events.OrderCompleted;
import dev.orderflow.events.OrderRefunded;
import dev.orderflow.events.PricedLine;
import dev.orderflow.events.Totals;
import dev.orderflow.schemas.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes completed and refunded orders in transactions, as the saga does. */
final class OrderLogWriter implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final AvroSerdes serdes;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();

    OrderLogWriter(String bootstrap, AvroSerdes serdes) {
        this.serdes = serdes;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "transactional.id", "order-log-writer", "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
    }

    void begin() {
        sent.clear();
        producer.beginTransaction();
    }

    void commit() {
        producer.commitTransaction();
        assertThat(sent).allMatch(record -> record.state() == Future.State.SUCCESS);
    }

    void abort() {
        producer.abortTransaction();
    }

    void sale(String orderId, long total, Instant time) {
        send(
                Topics.ORDER_COMPLETED.name(),
                orderId,
                OrderCompleted.newBuilder()
                        .setOrderId(orderId)
                        .setCustomer(customer(orderId))
                        .setStockLocation("main")
                        .setLines(lines(total))
                        .setTotals(totals(total))
                        .setChargeId("ch-" + orderId)
                        .setPlacedAt(time)
                        .setConfirmedAt(time)
                        .setCompletedAt(time)
                        .build());
    }

    void refund(String orderId, long total, Instant time) {
        send(
                Topics.ORDER_REFUNDED.name(),
                orderId,
                OrderRefunded.newBuilder()
                        .setOrderId(orderId)
                        .setCustomer(customer(orderId))
                        .setLines(lines(total))
                        .setTotals(totals(total))
                        .setChargeId("ch-" + orderId)
                        .setRefundId("re-" + orderId)
                        .setCompletedAt(time)
                        .setRefundedAt(time)
                        .build());
    }

    /** Bytes that no one can read. */
    void poison(String orderId) {
        send(Topics.ORDER_COMPLETED.name(), orderId, "not Avro".getBytes(UTF_8));
    }

    @Override
    public void close() {
        producer.close();
    }

    private void send(String topic, String orderId, SpecificRecord value) {
        send(topic, orderId, serdes.serialize(topic, value));
    }

    private void send(String topic, String orderId, byte[] value) {
        sent.add(producer.send(new ProducerRecord<>(topic, orderId.getBytes(UTF_8), value)));
    }

    private static Customer customer(String orderId) {
        return Customer.newBuilder().setUserId("user-of-" + orderId).build();
    }

    private static List<PricedLine> lines(long total) {
        return List.of(PricedLine.newBuilder()
                .setProductId("p-1")
                .setQuantity(1)
                .setUnitPrice(total)
                .setLineTotal(total)
                .build());
    }

    private static Totals totals(long total) {
        return new Totals("EUR", 2, total, 0, 0L, total);
    }
}
