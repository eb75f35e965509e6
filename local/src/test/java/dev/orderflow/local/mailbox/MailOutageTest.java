package dev.orderflow.local.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.orderflow.durable.runtime.KafkaConnection;
import dev.orderflow.durable.service.ServiceContext;
import dev.orderflow.durable.settings.Settings;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import dev.orderflow.events.Customer;
import dev.orderflow.events.OrderCompleted;
import dev.orderflow.events.OrderConfirmed;
import dev.orderflow.events.PricedLine;
import dev.orderflow.events.Totals;
import dev.orderflow.local.Await;
import dev.orderflow.local.LoneInstance;
import dev.orderflow.local.broker.EmbeddedBroker;
import dev.orderflow.local.process.LoopbackPort;
import dev.orderflow.notification.NotificationService;
import dev.orderflow.notification.topology.NotificationTopology;
import dev.orderflow.schemas.Topic;
import dev.orderflow.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Orders while the mail server is down, on a real broker and a real mail server that is stopped and started: each mail of
 * each order comes once. {@code -Dmail.orders=N} is how many.
 */
class MailOutageTest {

    private static final int ORDERS = Integer.getInteger("mail.orders", 5_000);
    private static final int BEFORE = ORDERS / 10;
    private static final int KINDS = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @TempDir
    private Path directory;

    private final AvroSerdes serdes = AvroSerdes.with(new InMemoryRegistry());

    @Test
    void shouldSendEachMailOnceWhenTheServerIsBack() throws Exception {
        int mailPort = LoopbackPort.free();
        Settings settings = Settings.of(
                Map.of("mail.port", Integer.toString(mailPort), "mail.max-pause", "1s", "mail.timeout", "5s"));
        try (EmbeddedBroker broker = new EmbeddedBroker(directory.resolve("broker"), 0, Map.of()).start()) {
            createTopics(broker);
            ServiceContext context = new ServiceContext(settings, kafka(broker), serdes, new SimpleMeterRegistry());
            try (NotificationService service = new NotificationService(context)) {
                service.start();
                Await.until("notification is ready", PATIENCE, service::isReady, service::status);
                List<String> mails = new ArrayList<>();
                receive(mailPort, BEFORE * KINDS, mails, () -> write(broker, 0, BEFORE));

                write(broker, BEFORE, ORDERS);
                // The outage ends when every event was taken in, which shows that none waits for the mail of another.
                Await.until("notification has read all events", PATIENCE, () -> allTaken(broker, context.kafka()));
                receive(mailPort, (ORDERS - BEFORE) * KINDS, mails, () -> {});

                assertThat(mails).hasSize(ORDERS * KINDS).doesNotHaveDuplicates();
            }
        }
    }

    /** Work that may fail. */
    private interface Work {
        void run() throws Exception;
    }

    /** Runs a mail server until so many mails have come. */
    private static void receive(int port, int count, List<String> mails, Work meanwhile) throws Exception {
        GreenMail server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        try {
            meanwhile.run();
            assertThat(server.waitForIncomingEmail(PATIENCE.toMillis(), count))
                    .as(() -> server.getReceivedMessages().length + " of " + count + " mails have come")
                    .isTrue();
            mails.addAll(messageIds(server));
        } finally {
            server.stop();
        }
    }

    private static boolean allTaken(EmbeddedBroker broker, KafkaConnection kafka) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
            for (Topic topic : List.of(Topics.ORDER_CONFIRMED, Topics.ORDER_COMPLETED)) {
                partitions.put(new TopicPartition(topic.name(), 0), OffsetSpec.latest());
                partitions.put(new TopicPartition(topic.name(), 1), OffsetSpec.latest());
            }
            Map<TopicPartition, OffsetAndMetadata> taken = admin.listConsumerGroupOffsets(
                            kafka.applicationId(NotificationTopology.SERVICE))
                    .partitionsToOffsetAndMetadata()
                    .get();
            return admin.listOffsets(partitions).all().get().entrySet().stream()
                    .allMatch(end -> taken.get(end.getKey()) != null
                            && taken.get(end.getKey()).offset()
                                    >= end.getValue().offset());
        }
    }

    private KafkaConnection kafka(EmbeddedBroker broker) {
        return LoneInstance.connection(broker.bootstrap(), directory.resolve("state"), Duration.ofSeconds(10));
    }

    private static void createTopics(EmbeddedBroker broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            admin.createTopics(List.of(
                                    Topics.ORDER_CONFIRMED,
                                    Topics.ORDER_CANCELLED,
                                    Topics.ORDER_COMPLETED,
                                    Topics.ORDER_REFUNDED,
                                    Topics.NOTIFICATION_DEAD_LETTERS,
                                    Topics.NOTIFICATION_REDRIVES)
                            .stream()
                            .map((Topic topic) -> topic.toNewTopic(2, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
    }

    private void write(EmbeddedBroker broker, int from, int to) throws Exception {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap(), "linger.ms", "20"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = from; i < to; i++) {
                String id = "order-" + i;
                sent.add(producer.send(event(Topics.ORDER_CONFIRMED, id, confirmed(id))));
                sent.add(producer.send(event(Topics.ORDER_COMPLETED, id, completed(confirmed(id)))));
            }
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        }
    }

    private ProducerRecord<byte[], byte[]> event(Topic topic, String id, SpecificRecord event) {
        return new ProducerRecord<>(
                topic.name(), id.getBytes(StandardCharsets.UTF_8), serdes.serialize(topic.name(), event));
    }

    private static OrderCompleted completed(OrderConfirmed confirmed) {
        return new OrderCompleted(
                confirmed.getOrderId(),
                confirmed.getCustomer(),
                confirmed.getStockLocation(),
                confirmed.getLines(),
                confirmed.getTotals(),
                confirmed.getChargeId(),
                confirmed.getPlacedAt(),
                confirmed.getConfirmedAt(),
                confirmed.getConfirmedAt());
    }

    private static OrderConfirmed confirmed(String id) {
        return new OrderConfirmed(
                id,
                new Customer("user-" + id, "pm_1", null),
                "main",
                List.of(new PricedLine("coffee-1kg", 2, 1_299L, 2_598L)),
                new Totals("USD", 2, 2_598L, 800, 208L, 2_806L),
                "ch_1",
                Instant.now(),
                Instant.now());
    }

    private static List<String> messageIds(GreenMail server) throws Exception {
        List<String> ids = new ArrayList<>();
        for (MimeMessage message : server.getReceivedMessages()) {
            ids.add(message.getMessageID());
        }
        return ids;
    }
}
