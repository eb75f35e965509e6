package dev.orderflow.order.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import dev.orderflow.events.OrderStatus;
import dev.orderflow.events.OrderView;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewReaderTest {

    private static final TopicPartition PARTITION = new TopicPartition("order.view", 0);

    @TempDir
    Path directory;

    private final AvroSerdes serdes = AvroSerdes.with(new InMemoryRegistry());
    private final List<OrderView> seen = new ArrayList<>();
    private Instant now = Views.CREATED;
    private MockConsumer<byte[], byte[]> consumer;
    private ViewTables tables;
    private ViewReader reader;

    @BeforeEach
    void begin() {
        begin("topic-1", 0);
    }

    @AfterEach
    void end() {
        tables.closeAll();
    }

    @Test
    void shouldShowWhatItHasRead() {
        add(0, view("o-1", 1, OrderStatus.RESERVING));
        add(1, view("o-1", 2, OrderStatus.CHARGING));
        add(2, view("o-2", 1, OrderStatus.RESERVING));
        reader.readOnce();

        assertThat(sequence("o-1")).isEqualTo(2);
        assertThat(sequence("o-2")).isEqualTo(1);
        assertThat(tables.get(0).position()).isEqualTo(3);
        assertThat(tables.isCurrent(0)).isTrue();
    }

    @Test
    void shouldTellOfAViewOnceItCanBeFound() {
        List<Long> found = new ArrayList<>();
        reader = new ViewReader(
                consumer,
                "order.view",
                "topic-1",
                tables,
                serdes,
                view -> found.add(sequence(view.getOrderId())),
                Clock.systemUTC());
        add(0, view("o-1", 1, OrderStatus.RESERVING));
        add(1, view("o-1", 2, OrderStatus.CHARGING));
        reader.readOnce();

        assertThat(found).containsExactly(2L, 2L);
    }

    @Test
    void shouldKeepTheNewestWhenAnOlderOneIsReadAgain() {
        add(0, view("o-1", 3, OrderStatus.CONFIRMED));
        add(1, view("o-1", 2, OrderStatus.CHARGING));
        reader.readOnce();
        add(2, view("o-1", 1, OrderStatus.RESERVING));
        reader.readOnce();

        assertThat(sequence("o-1")).isEqualTo(3);
    }

    @Test
    void shouldGoOnWhereItWasAfterARestart() {
        add(0, view("o-1", 1, OrderStatus.RESERVING));
        add(1, view("o-1", 2, OrderStatus.CHARGING));
        reader.readOnce();
        tables.closeAll();

        begin("topic-1", 2);
        assertThat(sequence("o-1")).isEqualTo(2);
        assertThat(consumer.position(PARTITION)).isEqualTo(2);
        assertThat(tables.isCurrent(0)).isFalse();
        reader.readOnce();
        assertThat(tables.isCurrent(0)).isTrue();
    }

    @Test
    void shouldNotBeCurrentBeforeAllThatWasThereIsRead() {
        tables.closeAll();
        begin("topic-1", 2);
        add(0, view("o-1", 1, OrderStatus.RESERVING));
        reader.readOnce();
        assertThat(tables.isCurrent(0)).isFalse();

        add(1, view("o-2", 1, OrderStatus.RESERVING));
        reader.readOnce();
        assertThat(tables.isCurrent(0)).isTrue();
    }

    @Test
    void shouldBeginAnewWhenTheTopicIsAnotherOne() {
        add(0, view("o-1", 1, OrderStatus.RESERVING));
        reader.readOnce();
        tables.closeAll();

        begin("topic-2", 0);
        assertThat(tables.get(0).find("o-1")).isEmpty();
        assertThat(consumer.position(PARTITION)).isZero();
    }

    @Test
    void shouldBeginAnewWhenDeletionsMayHaveBeenMissed() {
        add(0, view("o-1", 1, OrderStatus.RESERVING));
        reader.readOnce();
        tables.closeAll();

        now = now.plus(Duration.ofHours(13));
        begin("topic-1", 0);
        assertThat(tables.get(0).find("o-1")).isEmpty();
    }

    @Test
    void shouldPassOverWhatCannotBeRead() {
        add(0, view("o-1", 1, OrderStatus.RESERVING));
        consumer.addRecord(new ConsumerRecord<>("order.view", 0, 1, key("o-1"), new byte[] {1, 2, 3}));
        add(2, view("o-1", 2, OrderStatus.CHARGING));
        reader.readOnce();

        assertThat(sequence("o-1")).isEqualTo(2);
        assertThat(seen).extracting(OrderView::getSequence).containsExactly(1L, 2L);
    }

    @Test
    void shouldForgetAnOrderThatWasDeleted() {
        add(0, view("o-1", 1, OrderStatus.COMPLETED));
        consumer.addRecord(new ConsumerRecord<>("order.view", 0, 1, key("o-1"), null));
        reader.readOnce();

        assertThat(tables.get(0).find("o-1")).isEmpty();
    }

    @Test
    void shouldLetGoOfAPartitionThatIsTakenAway() {
        add(0, view("o-1", 1, OrderStatus.RESERVING));
        reader.readOnce();
        reader.onPartitionsRevoked(List.of(PARTITION));

        assertThat(tables.find(0)).isEmpty();
        assertThat(tables.isCurrent(0)).isFalse();
        assertThat(tables.allCurrent()).isFalse();
    }

    private void begin(String topicId, long end) {
        consumer = new MockConsumer<>("earliest");
        tables = new ViewTables(directory, () -> {});
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        reader = new ViewReader(consumer, "order.view", topicId, tables, serdes, seen::add, clock);
        reader.subscribe();
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, end));
        consumer.rebalance(List.of(PARTITION));
    }

    private void add(long offset, OrderView view) {
        consumer.addRecord(new ConsumerRecord<>(
                "order.view", 0, offset, key(view.getOrderId()), serdes.serialize("order.view", view)));
    }

    private long sequence(String orderId) {
        return tables.get(0).find(orderId).orElseThrow().sequence();
    }

    private static OrderView view(String orderId, long sequence, OrderStatus status) {
        return Views.order(orderId, sequence, status).build();
    }

    private static byte[] key(String orderId) {
        return orderId.getBytes(StandardCharsets.UTF_8);
    }
}
