package dev.orderflow.local.loyalty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.runtime.TopicCheck;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.events.Customer;
import dev.orderflow.events.LoyaltyEntry;
import dev.orderflow.events.OrderCompleted;
import dev.orderflow.events.OrderRefunded;
import dev.orderflow.events.Totals;
import dev.orderflow.local.broker.EmbeddedBroker;
import dev.orderflow.local.process.ChildProcess;
import dev.orderflow.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loyalty is killed while it works; its ledger must add up to the orders all the same. */
class LoyaltyUnderKillsTest {

    private static final int ORDERS = 3_000;
    private static final int CUSTOMERS = 20;
    private static final int REFUND_EVERY = 3;
    private static final int ENTRIES = ORDERS + ORDERS / REFUND_EVERY;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path directory;

    private final AvroSerdes serdes = LoyaltyProcess.serdes();
    private final List<LoyaltyEntry> ledger = new ArrayList<>();

    @Test
    void shouldHaveTheSumOfCompletedOrdersLessRefundsAfterKills() throws Exception {
        try (EmbeddedBroker broker = new EmbeddedBroker(directory.resolve("broker"), 0, Map.of()).start()) {
            createTopics(broker);
            try (KafkaConsumer<byte[], byte[]> reader = reader(broker)) {
                ChildProcess loyalty = LoyaltyProcess.start(directory, broker.bootstrap());
                write(broker);
                for (int kill = 1; kill <= 3; kill++) {
                    await(reader, ENTRIES * kill / 5);
                    loyalty.kill();
                    loyalty.onExit().get();
                    loyalty = LoyaltyProcess.start(directory, broker.bootstrap());
                }
                await(reader, ENTRIES);
                loyalty.close();
            }
        }

        assertThat(ledger).hasSize(ENTRIES);
        assertThat(ledger.stream().map(entry -> entry.getOrderId() + entry.getKind()))
                .doesNotHaveDuplicates();
        assertThat(ledger.stream().mapToLong(LoyaltyEntry::getPoints).sum()).isEqualTo(pointsOfLog());
        Map<String, Long> balances = new HashMap<>();
        for (LoyaltyEntry entry : ledger) {
            long balance = balances.merge(entry.getCustomer(), entry.getPoints(), Long::sum);
            assertThat(entry.getBalance()).isEqualTo(balance).isNotNegative();
        }
        assertThat(balances).hasSize(CUSTOMERS);
    }

    private static long pointsOfLog() {
        long points = 0;
        for (int i = 0; i < ORDERS; i++) {
            points += i % REFUND_EVERY == 0 ? 0 : total(i) / 100;
        }
        return points;
    }

    private static long total(int order) {
        return 100L * order + 99;
    }

    private static void createTopics(EmbeddedBroker broker) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            TopicCheck.ensure(
                    admin,
                    List.of(
                            Topics.ORDER_COMPLETED.toNewTopic(2, (short) 1),
                            Topics.ORDER_REFUNDED.toNewTopic(2, (short) 1),
                            Topics.LOYALTY_CHANGES.toNewTopic(2, (short) 1),
                            Topics.LOYALTY_ENTRIES.toNewTopic(2, (short) 1),
                            Topics.LOYALTY_DEAD_LETTERS.toNewTopic(2, (short) 1),
                            Topics.LOYALTY_REDRIVES.toNewTopic(2, (short) 1)));
        }
    }

    /** Every fact in any order, every fifth one twice. */
    private void write(EmbeddedBroker broker) {
        List<ProducerRecord<byte[], byte[]>> facts = new ArrayList<>();
        for (int i = 0; i < ORDERS; i++) {
            facts.add(completed(i));
            if (i % REFUND_EVERY == 0) {
                facts.add(refunded(i));
            }
            if (i % 5 == 0) {
                facts.add(completed(i));
            }
        }
        Collections.shuffle(facts, new Random(7));
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap(), "linger.ms", "20"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent =
                    facts.stream().map(producer::send).toList();
            producer.flush();
            assertThat(sent).allMatch(each -> each.state() == Future.State.SUCCESS);
        }
    }

    private ProducerRecord<byte[], byte[]> completed(int order) {
        return fact(
                Topics.ORDER_COMPLETED.name(),
                order,
                new OrderCompleted(
                        "order-" + order, customer(order), "main", List.of(), totals(order), "ch", TIME, TIME, TIME));
    }

    private ProducerRecord<byte[], byte[]> refunded(int order) {
        return fact(
                Topics.ORDER_REFUNDED.name(),
                order,
                new OrderRefunded(
                        "order-" + order, customer(order), List.of(), totals(order), "ch", "re", null, TIME, TIME));
    }

    private ProducerRecord<byte[], byte[]> fact(String topic, int order, SpecificRecord value) {
        return new ProducerRecord<>(topic, ("order-" + order).getBytes(UTF_8), serdes.serialize(topic, value));
    }

    private static Customer customer(int order) {
        return new Customer("user-" + order % CUSTOMERS, null, null);
    }

    private static Totals totals(int order) {
        return new Totals("EUR", 2, total(order), 0, 0L, total(order));
    }

    private static KafkaConsumer<byte[], byte[]> reader(EmbeddedBroker broker) {
        KafkaConsumer<byte[], byte[]> reader = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrap(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = List.of(
                new TopicPartition(Topics.LOYALTY_ENTRIES.name(), 0),
                new TopicPartition(Topics.LOYALTY_ENTRIES.name(), 1));
        reader.assign(partitions);
        reader.seekToBeginning(partitions);
        return reader;
    }

    private void await(KafkaConsumer<byte[], byte[]> reader, int entries) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (ledger.size() < entries) {
            assertThat(Instant.now())
                    .as("%d of %d entries", ledger.size(), entries)
                    .isBefore(deadline);
            reader.poll(Duration.ofMillis(100))
                    .forEach(record ->
                            ledger.add(serdes.deserialize(record.topic(), record.value(), LoyaltyEntry.class)));
        }
    }
}
