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
import dev.orderflow.events.OrderConfirmed;
import dev.orderflow.events.PricedLine;
import dev.orderflow.events.Totals;
import dev.orderflow.local.broker.EmbeddedBroker;
import dev.orderflow.local.process.LoopbackPort;
import dev.orderflow.notification.NotificationService;
import dev.orderflow.schemas.Topic;
import dev.orderflow.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A burst of orders while the mail server is down, on a real broker and a real mail server. */
class MailOutageTest {

    private static final int ORDERS = 1_000;

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
                await(service::isReady, () -> "notification is " + service.status());
                confirm(broker);

                GreenMail server = new GreenMail(new ServerSetup(mailPort, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
                server.start();
                try {
                    await(
                            () -> server.getReceivedMessages().length >= ORDERS,
                            () -> server.getReceivedMessages().length + " of " + ORDERS + " mails have come");

                    assertThat(messageIds(server)).hasSize(ORDERS).doesNotHaveDuplicates();
                } finally {
                    server.stop();
                }
            }
        }
    }

    private KafkaConnection kafka(EmbeddedBroker broker) {
        return new KafkaConnection(
                broker.bootstrap(),
                "test",
                "1",
                directory.resolve("state"),
                (short) 1,
                1,
                0,
                Duration.ofSeconds(10),
                Map.of());
    }

    private static void createTopics(EmbeddedBroker broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            admin.createTopics(List.of(
                                    Topics.ORDER_CONFIRMED,
                                    Topics.ORDER_CANCELLED,
                                    Topics.ORDER_COMPLETED,
                                    Topics.ORDER_REFUNDED,
                                    Topics.NOTIFICATION_DEAD_LETTERS)
                            .stream()
                            .map((Topic topic) -> topic.toNewTopic(2, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
    }

    private void confirm(EmbeddedBroker broker) throws Exception {
        String topic = Topics.ORDER_CONFIRMED.name();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap(), "linger.ms", "20"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < ORDERS; i++) {
                String id = "order-" + i;
                sent.add(producer.send(new ProducerRecord<>(
                        topic, id.getBytes(StandardCharsets.UTF_8), serdes.serialize(topic, confirmed(id)))));
            }
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        }
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

    private static void await(BooleanSupplier done, Supplier<String> seen) throws Exception {
        Instant deadline = Instant.now().plusSeconds(120);
        while (!done.getAsBoolean()) {
            assertThat(Instant.now()).as(seen).isBefore(deadline);
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }
}
