package dev.orderflow.local.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orderflow.durable.runtime.DurableApplication;
import dev.orderflow.durable.runtime.KafkaConnection;
import dev.orderflow.durable.runtime.Routing;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import dev.orderflow.events.CancelOrder;
import dev.orderflow.events.Customer;
import dev.orderflow.events.InventoryEvent;
import dev.orderflow.events.Money;
import dev.orderflow.events.OrderLine;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.OrderRequest;
import dev.orderflow.events.PaymentCharged;
import dev.orderflow.events.PaymentEvent;
import dev.orderflow.events.Shortage;
import dev.orderflow.events.StockRejected;
import dev.orderflow.events.StockReserved;
import dev.orderflow.local.Await;
import dev.orderflow.local.LoneInstance;
import dev.orderflow.local.broker.EmbeddedBroker;
import dev.orderflow.local.rehearsal.RehearseCommand.Result;
import dev.orderflow.order.recording.ReadingProgress;
import dev.orderflow.order.recording.Recordings;
import dev.orderflow.order.recording.Scope;
import dev.orderflow.order.rehearsal.Group;
import dev.orderflow.order.rehearsal.NotJudged;
import dev.orderflow.order.rehearsal.Rehearsal;
import dev.orderflow.order.rehearsal.Tally;
import dev.orderflow.order.saga.OrderSaga;
import dev.orderflow.order.saga.SagaSettings;
import dev.orderflow.order.topology.RecordedAvro;
import dev.orderflow.order.topology.SagaDefinition;
import dev.orderflow.order.topology.ViewAudience;
import dev.orderflow.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Orders that the real saga has run on a real broker, of two partitions, are rehearsed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RehearsalOnABrokerTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PARTITIONS = 2;
    private static final int SOLD = 40;
    private static final int SHORT = 5;
    private static final int REFUSED = 3;

    private final AvroSerdes serdes = AvroSerdes.with(new InMemoryRegistry());
    private final SagaSettings settings = with(800);

    private EmbeddedBroker broker;
    private Admin admin;
    private KafkaConnection kafka;
    private Instant allAccepted;

    @BeforeAll
    void runOrders(@TempDir Path directory) throws Exception {
        broker = new EmbeddedBroker(directory.resolve("broker"), 0, Map.of()).start();
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()));
        admin.createTopics(Topics.toCreate(PARTITIONS, (short) 1)).all().get();
        kafka = LoneInstance.connection(broker.bootstrap(), directory.resolve("state"), Duration.ofSeconds(10));
        try (DurableApplication saga = new DurableApplication(
                        SagaDefinition.of(settings, ViewAudience.NOBODY), kafka, serdes, new SimpleMeterRegistry());
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrap()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            saga.start();
            for (int i = 0; i < SOLD; i++) {
                place(producer, "sold-" + i, 1);
            }
            for (int i = 0; i < SHORT; i++) {
                place(producer, "short-" + i, 1);
            }
            for (int i = 0; i < REFUSED; i++) {
                place(producer, "refused-" + i, 0);
            }
            // Those are in their own partition again, and in the wrong one.
            String stray = "stray";
            producer.send(new ProducerRecord<>(
                            Topics.ORDER_PLACED.name(),
                            1 - Routing.partitionOf(stray, PARTITIONS),
                            Routing.keyBytes(stray),
                            bytes(Topics.ORDER_PLACED.name(), order(stray, 1))))
                    .get();
            producer.send(new ProducerRecord<>(Topics.ORDER_PLACED.name(), 0, new byte[] {1}, new byte[] {2, 3}))
                    .get();
            awaitRecords("accepted", Topics.ORDER_ACCEPTED.name(), SOLD + SHORT + 1);
            allAccepted = Instant.now();
            for (int i = 0; i < SOLD; i++) {
                sell(producer, "sold-" + i);
            }
            sell(producer, stray);
            for (int i = 0; i < SHORT; i++) {
                send(
                        producer,
                        Topics.INVENTORY_EVENTS.name(),
                        "short-" + i,
                        new InventoryEvent(
                                "short-" + i,
                                "main",
                                Instant.now(),
                                new StockRejected(List.of(new Shortage("widget", 1L, 0L)))));
            }
            awaitRecords("completed", Topics.ORDER_COMPLETED.name(), SOLD + 1);
            awaitRecords("cancelled", Topics.ORDER_CANCELLED.name(), SHORT + REFUSED);
            send(
                    producer,
                    Topics.ORDER_REQUESTS.name(),
                    "sold-0",
                    new OrderRequest("sold-0", "r-1", "ops", Instant.now(), new CancelOrder("late"), null));
            // The bytes that nobody can read, and the request for an order that is over.
            awaitRecords("set aside", Topics.ORDER_DEAD_LETTERS.name(), 2);
        }
    }

    @AfterAll
    void stop() {
        admin.close();
        broker.close();
    }

    @Test
    void shouldFindNothingWhereNothingIsDifferent() {
        Result result = rehearse(settings, Optional.empty());

        assertThat(text(result)).contains("This build sends what was recorded.");
        assertThat(result.tally().differing()).isZero();
        assertThat(result.tally().orders()).isEqualTo(SOLD + SHORT + REFUSED + 1);
        assertThat(result.reach().unreadable()).as("bytes that nobody can read").isOne();
        assertThat(result.reach().rerouted()).as("in the wrong partition").isOne();
        assertThat(result.reach().positions()).isTrue();
        assertThat(result.tally().notJudged()).isEmpty();
    }

    @Test
    void shouldShowAnotherTaxAsOneGroupForEachWayOfEnding() {
        Result result = rehearse(with(900), Optional.empty());

        assertThat(result.tally().groups()).extracting(Group::orders).containsExactly((long) SOLD + 1, (long) SHORT);
        assertThat(text(result))
                .contains("41 orders: sold-", "totals.taxBasisPoints        800 -> 900", "totals.tax")
                .contains("This build sends something else than was recorded.");
        JsonNode first = RehearsalJson.of(result).path("groups").get(0);
        assertThat(first.path("orders").asInt()).isEqualTo(SOLD + 1);
        assertThat(first.path("differences")
                        .valueStream()
                        .map(each -> each.path("type").asText()))
                .containsExactly("OrderAccepted", "OrderConfirmed", "OrderCompleted");
        JsonNode tax = first.path("differences").get(0).path("fields").get(1);
        assertThat(tax.path("field").asText()).isEqualTo("totals.tax");
        assertThat(tax.path("values").get(0).path("recorded").asText()).isEqualTo("200");
        assertThat(tax.path("values").get(0).path("rehearsed").asText()).isEqualTo("225");
    }

    @Test
    void shouldLookAtOneOrderAlone() {
        Result result = rehearse(with(900), Optional.of("sold-3"));

        assertThat(result.tally().orders()).isOne();
        assertThat(result.tally().groups().getFirst().examples()).containsExactly("sold-3");
    }

    @Test
    void shouldNotJudgeWhatBeganBefore() {
        Tally tally = new Tally();
        Scope fromTheMiddle = new Scope(Optional.of(allAccepted), Optional.empty());
        try (Recordings recordings = Recordings.read(kafka, serdes, fromTheMiddle, SILENT)) {
            recordings.forEach(recording -> tally.add(
                    recording.orderId(),
                    new Rehearsal(new OrderSaga(settings), new RecordedAvro(serdes)).judge(recording)));
        }

        assertThat(tally.orders()).isZero();
        assertThat(tally.notJudged()).containsOnly(Map.entry(NotJudged.BEGAN_EARLIER, SOLD + SHORT + 1L));
    }

    @Test
    void shouldLeaveNoTraceInKafka() throws Exception {
        Map<TopicPartition, Long> before = ends();
        Set<String> groups = groups();

        rehearse(settings, Optional.empty());

        assertThat(ends()).isEqualTo(before);
        assertThat(groups()).isEqualTo(groups);
    }

    private static final ReadingProgress SILENT = new ReadingProgress() {
        @Override
        public void begins(long records) {}

        @Override
        public void read(int records) {}
    };

    private Result rehearse(SagaSettings rules, Optional<String> order) {
        Tally tally = new Tally();
        Rehearsal rehearsal = new Rehearsal(new OrderSaga(rules), new RecordedAvro(serdes));
        try (Recordings recordings = Recordings.read(kafka, serdes, new Scope(Optional.empty(), order), SILENT)) {
            recordings.forEach(recording -> tally.add(recording.orderId(), rehearsal.judge(recording)));
            return new Result(rules, recordings.reach(), tally, 10);
        }
    }

    private static String text(Result result) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        RehearsalText.print(new PrintStream(bytes, true, StandardCharsets.UTF_8), result);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void place(KafkaProducer<byte[], byte[]> producer, String id, int quantity) throws Exception {
        send(producer, Topics.ORDER_PLACED.name(), id, order(id, quantity));
    }

    private static OrderPlaced order(String id, int quantity) {
        return new OrderPlaced(
                id,
                new Customer("u-1", "pm-1", null),
                "USD",
                null,
                List.of(new OrderLine("widget", quantity, 2_500L)),
                Instant.now());
    }

    private void sell(KafkaProducer<byte[], byte[]> producer, String id) throws Exception {
        Money total = new Money(2_700L, "USD");
        send(
                producer,
                Topics.INVENTORY_EVENTS.name(),
                id,
                new InventoryEvent(
                        id,
                        "main",
                        Instant.now(),
                        new StockReserved(new Customer("u-1", "pm-1", null), total, Instant.now())));
        send(
                producer,
                Topics.PAYMENT_EVENTS.name(),
                id,
                new PaymentEvent(id, 1, id + ":charge", Instant.now(), new PaymentCharged("ch-" + id, total)));
    }

    private void send(KafkaProducer<byte[], byte[]> producer, String topic, String id, SpecificRecord value)
            throws Exception {
        producer.send(new ProducerRecord<>(topic, Routing.keyBytes(id), bytes(topic, value)))
                .get();
    }

    private byte[] bytes(String topic, SpecificRecord value) {
        return serdes.serialize(topic, value);
    }

    private void awaitRecords(String what, String topic, int count) {
        Await.until(
                count + " " + what,
                PATIENCE,
                () -> RecordCount.of(broker.bootstrap(), topic) >= count,
                () -> RecordCount.of(broker.bootstrap(), topic));
    }

    private Map<TopicPartition, Long> ends() throws Exception {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (String topic : admin.listTopics().names().get()) {
            // What the saga itself leaves behind is no matter here, and it is not running.
            for (int partition = 0; partition < PARTITIONS; partition++) {
                if (Topics.all().stream().anyMatch(each -> each.name().equals(topic))) {
                    asked.put(new TopicPartition(topic, partition), OffsetSpec.latest());
                }
            }
        }
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(asked).all().get().forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private Set<String> groups() throws Exception {
        return admin.listGroups().all().get().stream()
                .map(GroupListing::groupId)
                .collect(Collectors.toSet());
    }

    private static SagaSettings with(int taxBasisPoints) {
        SagaSettings usual = SagaSettings.DEFAULTS;
        return new SagaSettings(
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                usual.pendingWindow(),
                Duration.ZERO,
                usual.dedupWindow(),
                usual.undoRepeat(),
                taxBasisPoints,
                usual.currency(),
                usual.stockLocation());
    }
}
