package dev.orderflow.local.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.runtime.DurableApplication;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import dev.orderflow.events.Customer;
import dev.orderflow.events.OrderLine;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.OrderView;
import dev.orderflow.local.LoneInstance;
import dev.orderflow.local.broker.EmbeddedBroker;
import dev.orderflow.order.saga.SagaSettings;
import dev.orderflow.order.topology.SagaDefinition;
import dev.orderflow.order.topology.ViewAudience;
import dev.orderflow.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole saga on a real broker: where its transaction stands when whoever waits is told. */
class SagaTellsAfterItsCommitTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SESSION = Duration.ofSeconds(10);
    private static final String ORDER = "told-1";

    @TempDir
    private Path directory;

    private final AvroSerdes serdes = AvroSerdes.with(new InMemoryRegistry());

    @Test
    void shouldTellWhoeverWaitsOnlyWhenTheBrokerHasAgreedToTheCommit() throws Exception {
        try (EmbeddedBroker broker = new EmbeddedBroker(directory.resolve("broker"), 0, Map.of()).start();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            admin.createTopics(Topics.toCreate(1, (short) 1)).all().get();
            Witness witness = new Witness(admin);
            try (DurableApplication saga = new DurableApplication(
                    SagaDefinition.of(SagaSettings.DEFAULTS, witness),
                    LoneInstance.connection(broker.bootstrap(), directory.resolve("state"), SESSION),
                    serdes,
                    new SimpleMeterRegistry())) {
                saga.start();
                place(broker);

                assertThat(witness.told).succeedsWithin(PATIENCE);
            }
            Told told = witness.told.join();
            assertThat(told.orderId()).isEqualTo(ORDER);
            assertThat(told.written()).as("views in the log").isPositive();
            assertThat(told.transactions())
                    .as("the saga's transaction")
                    .isNotEmpty()
                    .isSubsetOf(EnumSet.of(TransactionState.PREPARE_COMMIT, TransactionState.COMPLETE_COMMIT));
        }
    }

    /**
     * What was so when it was told.
     *
     * @param written the end of the topic of views, open transactions included
     * @param transactions the states of all transactions of the broker, which are those of the saga
     */
    private record Told(String orderId, long written, Set<TransactionState> transactions) {}

    /** Waits for every order, and asks the broker where things stand when it is told of the first. */
    private static final class Witness implements ViewAudience {

        private final Admin admin;
        private final CompletableFuture<Told> told = new CompletableFuture<>();

        Witness(Admin admin) {
            this.admin = admin;
        }

        @Override
        public boolean awaits(OrderView view) {
            return true;
        }

        /** Blocks, as no audience else may: the stream thread is to stand still while the broker is asked. */
        @Override
        public void committed(OrderView view) {
            if (told.isDone()) {
                return;
            }
            try {
                TopicPartition views = new TopicPartition(Topics.ORDER_VIEW.name(), 0);
                long end = admin.listOffsets(Map.of(views, OffsetSpec.latest()))
                        .partitionResult(views)
                        .get()
                        .offset();
                Set<TransactionState> states = EnumSet.noneOf(TransactionState.class);
                for (TransactionListing transaction :
                        admin.listTransactions().all().get()) {
                    states.add(transaction.state());
                }
                told.complete(new Told(view.getOrderId(), end, states));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                told.completeExceptionally(stopped);
            } catch (ExecutionException | RuntimeException failed) {
                told.completeExceptionally(failed);
            }
        }
    }

    private void place(EmbeddedBroker broker) throws ExecutionException, InterruptedException {
        OrderPlaced order = new OrderPlaced(
                ORDER,
                new Customer("u-1", "pm-1", "en-GB"),
                "USD",
                null,
                List.of(new OrderLine("widget", 1, 2_500L)),
                Instant.now());
        String topic = Topics.ORDER_PLACED.name();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            topic, ORDER.getBytes(StandardCharsets.UTF_8), serdes.serialize(topic, order)))
                    .get();
        }
    }
}
