package dev.orderflow.local.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.runtime.KafkaConnection;
import dev.orderflow.durable.runtime.Routing;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import dev.orderflow.events.Customer;
import dev.orderflow.events.OrderStatus;
import dev.orderflow.events.OrderView;
import dev.orderflow.local.Await;
import dev.orderflow.local.broker.EmbeddedBroker;
import dev.orderflow.order.view.KafkaOrderViews;
import dev.orderflow.order.view.OrderViews;
import dev.orderflow.schemas.Topics;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The view of orders against a real broker: what it shows, from when on, and where. */
class OrderViewsOnBrokerTest {

    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final AvroSerdes SERDES = AvroSerdes.with(new InMemoryRegistry());

    @TempDir
    static Path directory;

    private static EmbeddedBroker broker;
    private static KafkaProducer<byte[], byte[]> saga;

    @BeforeAll
    static void start() throws ExecutionException, InterruptedException {
        broker = new EmbeddedBroker(directory.resolve("broker"), 0, Map.of()).start();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            admin.createTopics(List.of(Topics.ORDER_VIEW.toNewTopic(PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
        saga = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap(), "transactional.id", "saga", "retry.backoff.ms", 2),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        saga.initTransactions();
    }

    @AfterAll
    static void stop() {
        saga.close();
        broker.close();
    }

    @Test
    void shouldShowWhatIsCommittedAndNothingElse() {
        try (KafkaOrderViews views = start("committed", "1", Optional.empty())) {
            saga.beginTransaction();
            send("aborted", 1);
            saga.abortTransaction();
            CompletableFuture<Optional<OrderView>> seen = views.await("open", _ -> true, PATIENCE);
            saga.beginTransaction();
            send("open", 1);
            saga.flush();
            assertThat(views.find("open")).isEmpty();
            saga.commitTransaction();

            assertThat(seen).succeedsWithin(PATIENCE);
            assertThat(seen.join()).isPresent();
            assertThat(views.find("open")).isEqualTo(seen.join());
            assertThat(views.find("aborted")).isEmpty();
            assertThat(views.newest(null, null, 100))
                    .extracting(order -> order.view().getOrderId())
                    .contains("open")
                    .doesNotContain("aborted");
        }
    }

    @Test
    void shouldTellAndFindWhatTheSagaHasCommittedBeforeItIsRead() {
        try (KafkaOrderViews views = start("early", "1", Optional.empty())) {
            OrderView view = view("early", 1);
            assertThat(views.awaits(view)).as("nobody waits").isFalse();
            CompletableFuture<Optional<OrderView>> seen = views.await("early", _ -> true, PATIENCE);
            assertThat(views.awaits(view)).isTrue();
            assertThat(views.find("early")).isEmpty();

            views.committed(view);

            assertThat(seen).isCompletedWithValue(Optional.of(view));
            assertThat(views.find("early")).contains(view);
            assertThat(views.unread()).isEqualTo(1);
            commit("early", 2);
            Await.until(
                    "the next one is read",
                    PATIENCE,
                    () -> views.find("early").orElseThrow().getSequence() == 2,
                    () -> views.find("early").toString());
            Await.until("nothing is early any more", PATIENCE, () -> views.unread() == 0, views::status);
        }
    }

    @Test
    void shouldNotTellWhoElseKeepsOrdersBeforeAllAreKeptBySomebody() {
        commit("listed", 1);
        KafkaConnection kafka = connection("unassigned", "1");
        try (KafkaOrderViews views = new KafkaOrderViews(kafka, SERDES, Optional.empty())) {
            assertThat(views.others().toCompletableFuture())
                    .isCompletedExceptionally()
                    .failsWithin(Duration.ZERO)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(RetriableException.class);

            views.start();
            Await.until("the view is ready", PATIENCE, views::isReady, views::status);

            assertThat(views.others().toCompletableFuture()).isCompletedWithValue(List.of());
            assertThat(views.newest(null, null, 100))
                    .extracting(order -> order.view().getOrderId())
                    .contains("listed");
        }
    }

    @Test
    void shouldGoOnWhereItWas() {
        commit("kept", 1);
        try (KafkaOrderViews views = start("restart", "1", Optional.empty())) {
            assertThat(views.find("kept")).isPresent();
        }
        commit("kept", 2);
        try (KafkaOrderViews views = start("restart", "1", Optional.empty())) {
            assertThat(views.find("kept").map(OrderView::getSequence)).contains(2L);
        }
    }

    @Test
    void shouldShareThePartitionsAndTakeOverThoseOfAnInstanceThatIsGone() {
        URI one = URI.create("http://127.0.0.1:1");
        URI other = URI.create("http://127.0.0.1:2");
        commit("shared", 1);
        try (KafkaOrderViews first = start("shared", "1", Optional.of(one))) {
            KafkaOrderViews second = start("shared", "2", Optional.of(other));
            String theirs = idOf(second);
            String ours = idOf(first);
            Await.until(
                    "the first sends to the second",
                    PATIENCE,
                    () -> isAt(first, theirs, other),
                    () -> place(first, theirs));
            Await.until(
                    "the second sends to the first",
                    PATIENCE,
                    () -> isAt(second, ours, one),
                    () -> place(second, ours));
            assertThat(first.others().toCompletableFuture()).isCompletedWithValue(List.of(other));

            second.close();
            Await.until("the first takes over", PATIENCE, () -> first.isHere(theirs), () -> place(first, theirs));
            assertThat(first.find("shared")).isPresent();
        }
    }

    private static KafkaConnection connection(String group, String instance) {
        return new KafkaConnection(
                broker.bootstrap(),
                group,
                instance,
                directory.resolve("state"),
                (short) 1,
                1,
                0,
                Duration.ofSeconds(6),
                Map.of());
    }

    private static KafkaOrderViews start(String group, String instance, Optional<URI> address) {
        KafkaOrderViews views = new KafkaOrderViews(connection(group, instance), SERDES, address);
        views.start();
        Await.until("the view is ready", PATIENCE, views::isReady, views::status);
        return views;
    }

    private static void commit(String orderId, long sequence) {
        saga.beginTransaction();
        send(orderId, sequence);
        saga.commitTransaction();
    }

    private static void send(String orderId, long sequence) {
        OrderView view = view(orderId, sequence);
        String topic = Topics.ORDER_VIEW.name();
        Future<RecordMetadata> _ = saga.send(new ProducerRecord<>(
                topic,
                Routing.partitionOf(orderId, PARTITIONS),
                Routing.keyBytes(orderId),
                SERDES.serialize(topic, view)));
    }

    private static OrderView view(String orderId, long sequence) {
        return OrderView.newBuilder()
                .setOrderId(orderId)
                .setSequence(sequence)
                .setContentHash("hash")
                .setStatus(OrderStatus.RESERVING)
                .setCustomer(new Customer())
                .setStockLocation("main")
                .setCreatedAt(Instant.EPOCH)
                .setUpdatedAt(Instant.EPOCH)
                .build();
    }

    private static String idOf(KafkaOrderViews views) {
        String[] found = {""};
        Await.until(
                "it keeps a partition that is its own",
                PATIENCE,
                () -> {
                    for (int i = 0; i < 100; i++) {
                        if (views.isHere("id-" + i)) {
                            found[0] = "id-" + i;
                        }
                    }
                    return !found[0].isEmpty();
                },
                views::status);
        return found[0];
    }

    private static boolean isAt(KafkaOrderViews asked, String orderId, URI instance) {
        return place(asked, orderId).equals(new OrderViews.Place.There(instance));
    }

    private static OrderViews.Place place(KafkaOrderViews asked, String orderId) {
        return asked.place(orderId).toCompletableFuture().join();
    }
}
