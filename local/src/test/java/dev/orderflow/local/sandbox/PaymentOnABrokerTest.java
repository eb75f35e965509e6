package dev.orderflow.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.runtime.KafkaConnection;
import dev.orderflow.durable.service.ServiceContext;
import dev.orderflow.durable.settings.Settings;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import dev.orderflow.events.CancelPayment;
import dev.orderflow.events.Customer;
import dev.orderflow.events.InventoryEvent;
import dev.orderflow.events.Money;
import dev.orderflow.events.PaymentCharged;
import dev.orderflow.events.PaymentCommand;
import dev.orderflow.events.PaymentDeclined;
import dev.orderflow.events.PaymentEvent;
import dev.orderflow.events.PaymentRefunded;
import dev.orderflow.events.PaymentVoided;
import dev.orderflow.events.StockReserved;
import dev.orderflow.local.Await;
import dev.orderflow.local.LoneInstance;
import dev.orderflow.local.broker.EmbeddedBroker;
import dev.orderflow.payment.PaymentService;
import dev.orderflow.schemas.Topic;
import dev.orderflow.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Payment on a real broker with a provider that drops answers and goes down, restarted in the middle. */
class PaymentOnABrokerTest {

    private static final int ORDERS = 400;
    private static final long TOTAL = 1_250;
    private static final Instant ACCEPTED = Instant.parse("2026-11-20T10:00:00Z");
    private static final int PARTITIONS = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final List<Topic> TOPICS = List.of(
            Topics.INVENTORY_EVENTS,
            Topics.PAYMENT_COMMANDS,
            Topics.PAYMENT_WEBHOOKS,
            Topics.PAYMENT_CONTROLS,
            Topics.PAYMENT_EVENTS,
            Topics.PAYMENT_DEAD_LETTERS,
            Topics.PAYMENT_REDRIVES);

    @TempDir
    private Path directory;

    private final AvroSerdes serdes = AvroSerdes.with(new InMemoryRegistry());
    private final Map<String, Object> ends = new HashMap<>();
    private int starts;

    @Test
    void shouldKeepExactlyTheMoneyOfTheOrdersThatStand() throws Exception {
        try (EmbeddedBroker broker = new EmbeddedBroker(directory.resolve("broker"), 0, Map.of()).start();
                SandboxProvider sandbox = SandboxProvider.start(directory.resolve("ledger.ndjson"), 0)) {
            createTopics(broker);
            configure(sandbox, "{\"dropRate\":0.2,\"latencyMs\":20}");
            send(broker);
            try (PaymentService service = start(broker, sandbox)) {
                Await.until("some orders are charged", PATIENCE, () -> captured(sandbox) > 50, service::status);
                configure(sandbox, "{\"outage\":true}");
            }
            try (PaymentService service = start(broker, sandbox)) {
                Await.until("payment is ready", PATIENCE, service::isReady, service::status);
                configure(sandbox, "{\"outage\":false}");
                try (KafkaConsumer<byte[], byte[]> events = consumer(broker)) {
                    Instant deadline = Instant.now().plus(PATIENCE);
                    while (read(events) < ORDERS) {
                        assertThat(Instant.now())
                                .as("%d of %d orders have ended", ends.size(), ORDERS)
                                .isBefore(deadline);
                    }
                }
            }
            long standing = ends.values().stream()
                    .filter(PaymentCharged.class::isInstance)
                    .count();
            assertThat(stats(sandbox)).contains("\"ordersDoubleCharged\":0");
            assertThat(captured(sandbox) - refunded(sandbox))
                    .as("captured - refunded, with %s orders that stand", standing)
                    .isEqualTo(standing * TOTAL);
            for (int i = 0; i < ORDERS; i++) {
                assertThat(ends.get("o-" + i)).as("end of o-%s", i).isInstanceOfAny(expected(i));
            }
        }
    }

    private static Class<?>[] expected(int order) {
        boolean cancelled = order % 7 == 0;
        if (order % 10 == 0) {
            return cancelled
                    ? new Class<?>[] {PaymentDeclined.class, PaymentVoided.class}
                    : new Class<?>[] {PaymentDeclined.class};
        }
        return cancelled
                ? new Class<?>[] {PaymentCharged.class, PaymentVoided.class, PaymentRefunded.class}
                : new Class<?>[] {PaymentCharged.class};
    }

    private PaymentService start(EmbeddedBroker broker, SandboxProvider sandbox) {
        Settings settings = Settings.of(
                Map.of("payment.url", sandbox.url(), "payment.attempt-timeout", "1s", "payment.retry-first", "100ms"));
        // A directory of its own each time: on a busy machine the end of the one before may not be over yet.
        KafkaConnection kafka = LoneInstance.connection(
                broker.bootstrap(), directory.resolve("state-" + ++starts), Duration.ofSeconds(10));
        PaymentService service =
                new PaymentService(new ServiceContext(settings, kafka, serdes, new SimpleMeterRegistry()));
        service.start();
        return service;
    }

    private static void createTopics(EmbeddedBroker broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            admin.createTopics(TOPICS.stream()
                            .map(topic -> topic.toNewTopic(PARTITIONS, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
    }

    private void send(EmbeddedBroker broker) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < ORDERS; i++) {
                String id = "o-" + i;
                String method = i % 10 == 0 ? "pm_declined" : "pm_card";
                send(
                        producer,
                        Topics.INVENTORY_EVENTS,
                        id,
                        new InventoryEvent(
                                id,
                                "main",
                                Instant.now(),
                                new StockReserved(
                                        new Customer("u-" + i, method, null), new Money(TOTAL, "USD"), ACCEPTED)));
                if (i % 7 == 0) {
                    send(
                            producer,
                            Topics.PAYMENT_COMMANDS,
                            id,
                            new PaymentCommand(id, Instant.now(), new CancelPayment(true, "timeout"), ACCEPTED));
                }
            }
            producer.flush();
        }
    }

    private void send(KafkaProducer<byte[], byte[]> producer, Topic topic, String key, SpecificRecord value) {
        var _ = producer.send(new ProducerRecord<>(
                topic.name(), key.getBytes(StandardCharsets.UTF_8), serdes.serialize(topic.name(), value)));
    }

    private static KafkaConsumer<byte[], byte[]> consumer(EmbeddedBroker broker) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", broker.bootstrap(),
                        "isolation.level", "read_committed",
                        "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(Topics.PAYMENT_EVENTS.name(), partition))
                .toList());
        return consumer;
    }

    /** Reads on, and returns how many orders have come to an end of which nothing more is to be expected. */
    private long read(KafkaConsumer<byte[], byte[]> events) {
        for (ConsumerRecord<byte[], byte[]> record : events.poll(Duration.ofMillis(200))) {
            PaymentEvent event = serdes.deserialize(record.topic(), record.value(), PaymentEvent.class);
            switch (event.getFact()) {
                case PaymentCharged _, PaymentDeclined _, PaymentVoided _, PaymentRefunded _ ->
                    ends.put(event.getOrderId(), event.getFact());
                default -> {}
            }
        }
        return ends.size();
    }

    private static void configure(SandboxProvider sandbox, String json) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(sandbox.url() + "/config"))
                            .POST(HttpRequest.BodyPublishers.ofString(json))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }

    private static long captured(SandboxProvider sandbox) {
        return number(sandbox, "amountCaptured");
    }

    private static long refunded(SandboxProvider sandbox) {
        return number(sandbox, "amountRefunded");
    }

    private static long number(SandboxProvider sandbox, String name) {
        String stats = stats(sandbox);
        String from = stats.substring(stats.indexOf("\"" + name + "\":") + name.length() + 3);
        return Long.parseLong(from.substring(0, from.indexOf(',')));
    }

    private static String stats(SandboxProvider sandbox) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(sandbox.url() + "/stats"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
