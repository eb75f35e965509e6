package dev.orderflow.order.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.runtime.EventHeaders;
import dev.orderflow.durable.runtime.Routing;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import dev.orderflow.durable.wire.RegistryClient;
import dev.orderflow.events.Customer;
import dev.orderflow.events.OrderLine;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.OrderRequest;
import dev.orderflow.events.RetryOrder;
import dev.orderflow.order.view.Views;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaOrderLogTest {

    private static final int PARTITIONS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final AvroSerdes serdes = AvroSerdes.with(new InMemoryRegistry());
    private final AtomicInteger unreachable = new AtomicInteger();
    private final MockProducer<byte[], byte[]> producer = new Unreachable(unreachable);
    private final KafkaOrderLog log = new KafkaOrderLog(producer, serdes, new SimpleMeterRegistry());

    @BeforeEach
    void start() {
        log.start();
        Poll.until("the log is ready", log::isReady, log::isReady);
    }

    @AfterEach
    void stop() {
        log.close();
    }

    @Test
    void shouldWriteAnOrderWhereItsIdBelongs() {
        OrderPlaced order = order("o-1");
        CompletableFuture<Void> written = log.placed(order, TRACE).toCompletableFuture();
        assertThat(written).isNotDone();
        producer.completeNext();
        assertThat(written).isCompleted();

        ProducerRecord<byte[], byte[]> record = producer.history().getFirst();
        assertThat(record.topic()).isEqualTo("order.placed");
        assertThat(record.partition()).isEqualTo(Routing.partitionOf("o-1", PARTITIONS));
        assertThat(record.key()).isEqualTo(Routing.keyBytes("o-1"));
        assertThat(serdes.deserialize("order.placed", record.value(), OrderPlaced.class))
                .isEqualTo(order);
        assertThat(EventHeaders.text(record.headers(), "ce_id")).isEqualTo("o-1/0");
        assertThat(EventHeaders.text(record.headers(), "ce_type")).isEqualTo("OrderPlaced");
        assertThat(EventHeaders.text(record.headers(), "traceparent")).startsWith(TRACE.substring(0, 36));
    }

    @Test
    void shouldWriteARequest() {
        OrderRequest request = new OrderRequest("o-1", "r-1", "http", Views.CREATED, new RetryOrder(), null);
        CompletableFuture<Void> written = log.requested(request, null).toCompletableFuture();
        producer.completeNext();

        assertThat(written).isCompleted();
        ProducerRecord<byte[], byte[]> record = producer.history().getFirst();
        assertThat(record.topic()).isEqualTo("order.requests");
        assertThat(EventHeaders.text(record.headers(), "ce_id")).isEqualTo("o-1/r-1");
        assertThat(EventHeaders.text(record.headers(), "ce_type")).isEqualTo("RetryOrder");
    }

    @Test
    void shouldTakeOrdersOnceTheRegistryNoLongerRefusesTheirSchemas() {
        AtomicInteger refusals = new AtomicInteger(1);
        RegistryClient refusing = new RefusingRegistry(refusals);
        MockProducer<byte[], byte[]> another = new Unreachable(unreachable);
        try (KafkaOrderLog refused = new KafkaOrderLog(another, AvroSerdes.with(refusing), new SimpleMeterRegistry())) {
            refused.start();
            Poll.until(
                    "it says what it waits for", () -> refused.status().equals("refused (HTTP 403)"), refused::status);
            assertThat(refused.placed(order("o-1"), null).toCompletableFuture())
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .withCauseInstanceOf(RetriableException.class)
                    .withMessageContaining("Order o-1 is not taken: refused (HTTP 403)");

            refusals.set(0);

            Poll.until("it is ready", refused::isReady, refused::status);
            assertThat(refused.status()).isEqualTo("reached");
        }
    }

    @Test
    void shouldAskAgainWhereTheProducerKnowsNoBrokerForAMoment() {
        unreachable.set(2);
        CompletableFuture<Void> written = log.placed(order("o-1"), null).toCompletableFuture();
        Poll.until("the record is handed over", () -> producer.history().size() == 1, producer::history);
        producer.completeNext();

        assertThat(written).succeedsWithin(PATIENCE);
    }

    @Test
    void shouldSayThatAnOrderIsNotTakenWhereNoBrokerIsFound() {
        unreachable.set(Integer.MAX_VALUE);
        CompletableFuture<Void> written = log.placed(order("o-1"), null).toCompletableFuture();

        assertThat(written)
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .withCauseInstanceOf(RetriableException.class)
                .withMessageContaining("Order o-1 is not taken");
    }

    @Test
    void shouldSayThatTheOutcomeIsUnknownWhereNoAnswerComes() throws InterruptedException {
        CompletableFuture<Void> written = log.placed(order("o-1"), null).toCompletableFuture();
        Thread network = Thread.ofPlatform().start(() -> producer.errorNext(new TimeoutException("10000 ms")));
        network.join();

        assertThat(written)
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .withCauseInstanceOf(RetriableException.class)
                .withMessageContaining("is not known");
    }

    @Test
    void shouldRefuseWhatWouldHaveToWaitForRoom() {
        List<OrderLine> lines = IntStream.range(0, 1_000)
                .mapToObj(i -> new OrderLine("product-".repeat(15) + i, 1, 1L))
                .toList();
        OrderPlaced large = new OrderPlaced("large", new Customer(), null, null, lines, Views.CREATED);
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        while (sent.isEmpty() || !sent.getLast().isDone()) {
            sent.add(log.placed(large, null).toCompletableFuture());
        }

        assertThat(sent.getLast()).isCompletedExceptionally();
        assertThat(sent).hasSizeBetween(150, 250);
        producer.completeNext();
        assertThat(log.placed(large, null).toCompletableFuture()).isNotDone();
    }

    private static OrderPlaced order(String orderId) {
        return new OrderPlaced(
                orderId,
                new Customer("u1", "pm_1", null),
                "EUR",
                null,
                List.of(new OrderLine("mug", 1, 1250L)),
                Views.CREATED);
    }

    /** Refuses all schemas as long as it is told to. */
    private record RefusingRegistry(AtomicInteger refusals, RegistryClient registry) implements RegistryClient {

        RefusingRegistry(AtomicInteger refusals) {
            this(refusals, new InMemoryRegistry());
        }

        @Override
        public int register(String subject, Schema schema) {
            if (refusals.get() > 0) {
                throw new TerminalException("refused (HTTP 403)");
            }
            return registry.register(subject, schema);
        }

        @Override
        public Schema byId(int id) {
            return registry.byId(id);
        }

        @Override
        public OptionalInt newest(String subject) {
            return registry.newest(subject);
        }
    }

    /** A producer that, as the real one, fails within the call when it knows no broker. */
    private static final class Unreachable extends MockProducer<byte[], byte[]> {

        private static final Node NODE = new Node(1, "localhost", 9092);

        private final AtomicInteger times;

        Unreachable(AtomicInteger times) {
            super(cluster(), false, null, new ByteArraySerializer(), new ByteArraySerializer());
            this.times = times;
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
            if (times.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                TimeoutException failure = new TimeoutException("not present in metadata after 0 ms.");
                callback.onCompletion(null, failure);
                return CompletableFuture.failedFuture(failure);
            }
            return super.send(record, callback);
        }

        private static Cluster cluster() {
            List<PartitionInfo> partitions = IntStream.range(0, PARTITIONS)
                    .boxed()
                    .flatMap(i -> List.of("order.placed", "order.requests").stream()
                            .map(topic -> new PartitionInfo(topic, i, NODE, new Node[] {NODE}, new Node[] {NODE})))
                    .toList();
            return new Cluster("mock", List.of(NODE), partitions, Set.of(), Set.of());
        }
    }
}
