package dev.orderflow.order.http;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.runtime.EventHeaders;
import dev.orderflow.durable.runtime.KafkaConnection;
import dev.orderflow.durable.runtime.Routing;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.events.CancelOrder;
import dev.orderflow.events.Customer;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.OrderRequest;
import dev.orderflow.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log on Kafka, by one idempotent producer for all requests. A full buffer is refused at once, since waiting for room
 * would hold up every other request.
 */
public final class KafkaOrderLog implements OrderLog, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaOrderLog.class);
    private static final String SOURCE = "/orderflow/order-service/http";
    private static final long BUFFER_BYTES = 32L << 20;
    private static final long MOST_UNDER_WAY_BYTES = BUFFER_BYTES * 3 / 4;
    private static final String UNREACHED = "Kafka is not reached yet";
    private static final long PAUSE_MS = 50;
    private static final long REFUSED_PAUSE_MS = 1_000;
    private static final long HAND_OVER_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final Executor AGAIN = CompletableFuture.delayedExecutor(PAUSE_MS, TimeUnit.MILLISECONDS);

    private final Producer<byte[], byte[]> producer;
    private final KafkaClientMetrics metrics;
    private final AvroSerdes serdes;
    private final AtomicLong underWay = new AtomicLong();
    private volatile int partitions;
    private volatile String awaited = UNREACHED;
    private volatile boolean closed;

    public KafkaOrderLog(KafkaConnection kafka, AvroSerdes serdes, MeterRegistry meters) {
        this(
                new KafkaProducer<>(properties(kafka), new ByteArraySerializer(), new ByteArraySerializer()),
                serdes,
                meters);
    }

    KafkaOrderLog(Producer<byte[], byte[]> producer, AvroSerdes serdes, MeterRegistry meters) {
        this.producer = producer;
        this.serdes = serdes;
        metrics = new KafkaClientMetrics(producer);
        metrics.bindTo(meters);
    }

    /** Finds the broker and the registry; until then, every record is refused. Returns at once. */
    public void start() {
        Thread.ofVirtual().name("order-log-start").start(this::findKafka);
    }

    /** Whether records are taken. */
    public boolean isReady() {
        return partitions > 0 && !closed;
    }

    /** Where it is, for people: what it waits for until it is ready. */
    public String status() {
        return isReady() ? "reached" : awaited;
    }

    @Override
    public CompletionStage<Void> placed(OrderPlaced order, @Nullable String traceparent) {
        String id = order.getOrderId();
        Headers headers = EventHeaders.of(id + "/0", "OrderPlaced", SOURCE, order.getPlacedAt(), traceparent);
        return write(Topics.ORDER_PLACED.name(), id, order, headers);
    }

    @Override
    public CompletionStage<Void> requested(OrderRequest request, @Nullable String traceparent) {
        String id = request.getOrderId();
        String type = request.getRequest().getClass().getSimpleName();
        Headers headers =
                EventHeaders.of(id + "/" + request.getRequestId(), type, SOURCE, request.getAt(), traceparent);
        return write(Topics.ORDER_REQUESTS.name(), id, request, headers);
    }

    @Override
    public void close() {
        closed = true;
        metrics.close();
        producer.close(Duration.ofSeconds(2));
    }

    private CompletionStage<Void> write(String topic, String orderId, SpecificRecord value, Headers headers) {
        if (!isReady()) {
            return CompletableFuture.failedFuture(
                    new RetriableException("Order " + orderId + " is not taken: " + awaited));
        }
        byte[] bytes = serdes.serialize(topic, value);
        if (underWay.addAndGet(bytes.length) > MOST_UNDER_WAY_BYTES) {
            underWay.addAndGet(-bytes.length);
            return CompletableFuture.failedFuture(new RetriableException(
                    "Order " + orderId + " is not taken: too much waits for Kafka already. Send it again"));
        }
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic, Routing.partitionOf(orderId, partitions), null, Routing.keyBytes(orderId), bytes, headers);
        CompletableFuture<Void> written = new CompletableFuture<>();
        send(record, orderId, System.nanoTime() + HAND_OVER_NANOS, written);
        return written.whenComplete((_, _) -> underWay.addAndGet(-bytes.length));
    }

    /**
     * Hands a record to the producer, which never blocks: where it knows no broker for the moment it fails at once, in
     * this very call, and is asked again a little later.
     */
    private void send(
            ProducerRecord<byte[], byte[]> record, String orderId, long until, CompletableFuture<Void> written) {
        Thread caller = Thread.currentThread();
        try {
            Future<RecordMetadata> _ = producer.send(record, (_, failure) -> {
                boolean handedOver = Thread.currentThread() != caller;
                if (failure == null) {
                    written.complete(null);
                } else if (handedOver || !(failure instanceof TimeoutException)) {
                    written.completeExceptionally(unknown(orderId, record.topic(), failure));
                } else if (System.nanoTime() < until && !closed) {
                    AGAIN.execute(() -> send(record, orderId, until, written));
                } else {
                    written.completeExceptionally(new RetriableException(
                            "Order " + orderId + " is not taken: Kafka cannot be reached. Send it again", failure));
                }
            });
        } catch (KafkaException | IllegalStateException refused) {
            written.completeExceptionally(unknown(orderId, record.topic(), refused));
        }
    }

    private static RetriableException unknown(String orderId, String topic, Exception failure) {
        return new RetriableException(
                "Whether order " + orderId + " was written to " + topic + " is not known: " + failure.getMessage()
                        + ". Send the same request again: with the same id it is taken once",
                failure);
    }

    private void findKafka() {
        OrderPlaced order = new OrderPlaced("start", new Customer(), null, null, List.of(), Instant.EPOCH);
        OrderRequest request =
                new OrderRequest("start", "start", null, Instant.EPOCH, new CancelOrder((String) null), null);
        while (!closed) {
            try {
                // Registers the schemas, so that no request ever waits for the registry.
                serdes.serialize(Topics.ORDER_PLACED.name(), order);
                serdes.serialize(Topics.ORDER_REQUESTS.name(), request);
                producer.partitionsFor(Topics.ORDER_REQUESTS.name());
                partitions = producer.partitionsFor(Topics.ORDER_PLACED.name()).size();
                return;
            } catch (KafkaException | RetriableException notYet) {
                LOG.debug("Orders cannot be taken yet: {}", notYet.toString());
                awaited = UNREACHED;
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MS));
            } catch (TerminalException refused) {
                await(refused);
            }
        }
    }

    /** Somebody may put it right, or it is a proxy's answer for a registry that starts: asked again, and told of once. */
    private void await(TerminalException refused) {
        String why = String.valueOf(refused.getMessage());
        if (!why.equals(awaited)) {
            LOG.warn("No order is taken until this is put right: {}", why);
            awaited = why;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(REFUSED_PAUSE_MS));
    }

    private static Map<String, Object> properties(KafkaConnection kafka) {
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, kafka.applicationId("order-http"));
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // One order leaves at once; those that come while it is on its way leave together.
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 << 10);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 4_000);
        // Requests are handled by a few threads for all connections: none of them may ever wait in here.
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0);
        properties.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 20);
        properties.put(ProducerConfig.RECONNECT_BACKOFF_MS_CONFIG, 50);
        properties.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        // The topics are never forgotten while idle: the next request would have to wait for them.
        properties.put(
                ProducerConfig.METADATA_MAX_IDLE_CONFIG, Duration.ofDays(30).toMillis());
        return properties;
    }
}
