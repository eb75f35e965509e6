package dev.orderflow.local.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.orderflow.durable.deadletter.DeadLetter;
import dev.orderflow.durable.deadletter.DeadLetters;
import dev.orderflow.durable.deadletter.Redrive;
import dev.orderflow.durable.runtime.KafkaConnection;
import dev.orderflow.durable.runtime.Routing;
import dev.orderflow.durable.service.ServiceContext;
import dev.orderflow.durable.settings.Settings;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import dev.orderflow.events.Customer;
import dev.orderflow.events.OrderConfirmed;
import dev.orderflow.events.PricedLine;
import dev.orderflow.events.Totals;
import dev.orderflow.local.Await;
import dev.orderflow.local.LoneInstance;
import dev.orderflow.local.broker.EmbeddedBroker;
import dev.orderflow.local.process.LoopbackPort;
import dev.orderflow.notification.NotificationService;
import dev.orderflow.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mail that was given up while the mail server was down, and that is sent after all when somebody asks for it. */
class MailRedriveTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PARTITIONS = 2;

    /** Of one partition, so that they are read in the order in which they are written. */
    private static final List<String> IDS = IntStream.range(0, 100)
            .mapToObj(i -> "given-up-" + i)
            .filter(id -> Routing.partitionOf(id, PARTITIONS) == 0)
            .limit(3)
            .toList();

    @TempDir
    private Path directory;

    private final AvroSerdes serdes = AvroSerdes.with(new InMemoryRegistry());

    @Test
    void shouldComeOnceAndNobodyElseReadsItsEventASecondTime() throws Exception {
        int mailPort = LoopbackPort.free();
        Settings settings = Settings.of(Map.of("mail.port", Integer.toString(mailPort), "mail.give-up-after", "1s"));
        try (EmbeddedBroker broker = new EmbeddedBroker(directory.resolve("broker"), 0, Map.of()).start();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            admin.createTopics(Topics.toCreate(PARTITIONS, (short) 1)).all().get();
            KafkaConnection kafka =
                    LoneInstance.connection(broker.bootstrap(), directory.resolve("state"), Duration.ofSeconds(10));
            DeadLetters letters = new DeadLetters(
                    kafka,
                    Topics.servicesWithDeadLetters(),
                    Topics.servicesWithRedrives(),
                    Topics::retention,
                    InstantSource.system());
            try (NotificationService service =
                    new NotificationService(new ServiceContext(settings, kafka, serdes, new SimpleMeterRegistry()))) {
                service.start();
                Await.until("notification is ready", PATIENCE, service::isReady, service::status);
                confirm(broker, IDS);
                Await.until(
                        "all mails are given up", PATIENCE, () -> given(letters).size() == IDS.size());
                DeadLetter first = of(letters, IDS.getFirst());
                DeadLetter second = of(letters, IDS.get(1));
                DeadLetter third = of(letters, IDS.getLast());
                assertThat(first.origin().topic()).isEqualTo(Topics.ORDER_CONFIRMED.name());
                long before = confirmed(admin);

                GreenMail server = new GreenMail(new ServerSetup(mailPort, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
                server.start();
                try {
                    assertThat(letters.redrive(List.of(first.id()), "the mail server is back", false))
                            .singleElement()
                            .isInstanceOf(Redrive.Sent.class);
                    assertThat(server.waitForIncomingEmail(PATIENCE.toMillis(), 1))
                            .isTrue();

                    // Read in this order: a second mail of the first would be there before that of the third.
                    letters.redrive(List.of(first.id(), second.id()), null, true);
                    assertThat(server.waitForIncomingEmail(PATIENCE.toMillis(), 2))
                            .isTrue();
                    letters.redrive(List.of(third.id()), null, false);
                    assertThat(server.waitForIncomingEmail(PATIENCE.toMillis(), 3))
                            .isTrue();
                    assertThat(server.getReceivedMessages())
                            .extracting(mail -> mail.getHeader("Message-ID")[0])
                            .containsExactlyInAnyOrderElementsOf(IDS.stream()
                                    .map(id -> "<" + id + ".confirmed@orderflow>")
                                    .toList());
                } finally {
                    server.stop();
                }
                assertThat(confirmed(admin)).as("events other teams read").isEqualTo(before);
                assertThat(given(letters)).hasSize(IDS.size());
            }
        }
    }

    private static List<DeadLetter> given(DeadLetters letters) {
        return letters.list(Set.of("notification"), null, 10).letters();
    }

    private static DeadLetter of(DeadLetters letters, String order) {
        return given(letters).stream()
                .filter(letter -> order.equals(letter.key()))
                .findFirst()
                .orElseThrow();
    }

    private static long confirmed(Admin admin) throws Exception {
        long count = 0;
        for (int partition = 0; partition < PARTITIONS; partition++) {
            TopicPartition each = new TopicPartition(Topics.ORDER_CONFIRMED.name(), partition);
            count += admin.listOffsets(Map.of(each, OffsetSpec.latest()))
                    .partitionResult(each)
                    .get()
                    .offset();
        }
        return count;
    }

    private void confirm(EmbeddedBroker broker, List<String> ids) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (String id : ids) {
                OrderConfirmed event = new OrderConfirmed(
                        id,
                        new Customer("user-" + id, "pm_1", null),
                        "main",
                        List.of(new PricedLine("coffee-1kg", 2, 1_299L, 2_598L)),
                        new Totals("USD", 2, 2_598L, 800, 208L, 2_806L),
                        "ch_1",
                        Instant.now(),
                        Instant.now());
                String topic = Topics.ORDER_CONFIRMED.name();
                producer.send(new ProducerRecord<>(
                                topic, id.getBytes(StandardCharsets.UTF_8), serdes.serialize(topic, event)))
                        .get();
            }
        }
    }
}
