package dev.orderflow.analytics.sink;

import static dev.orderflow.analytics.sink.OrderLog.REFUNDS;
import static dev.orderflow.analytics.sink.OrderLog.SALES;
import static dev.orderflow.analytics.sink.OrderLog.refund;
import static dev.orderflow.analytics.sink.OrderLog.sale;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.analytics.batch.Partition;
import dev.orderflow.durable.RetriableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class SinkLoopTest {

    private static final TopicPartition SALES_0 = new TopicPartition(SALES, 0);
    private static final TopicPartition REFUNDS_0 = new TopicPartition(REFUNDS, 0);

    private final StoreInMemory store = new StoreInMemory();

    @Test
    void shouldWriteRowsAndThenOnePositionForAll() {
        SinkUnderTest sink = SinkUnderTest.on(store).assigned(SALES_0, REFUNDS_0);
        sink.add(sale(0, 0, "o-1", 100));
        sink.add(sale(0, 1, "o-2", 200));
        sink.add(refund(0, 0, "o-1", 100));
        sink.settle();

        assertThat(store.calls.subList(0, 2)).containsExactly("prepare", "positions");
        assertThat(store.calls.subList(2, 4))
                .containsExactlyInAnyOrder("store order.completed-0-0-1", "store order.refunded-0-0-0");
        assertThat(store.calls.subList(4, 5)).containsExactly("advance [order.completed-0-0-1, order.refunded-0-0-0]");
        assertThat(store.calls).hasSize(5);
        assertThat(sum()).isEqualTo(200);
    }

    @Test
    void shouldBeginWhereTheStoreEnds() {
        store.positions.put(new Partition(SALES, 0), 2L);
        SinkUnderTest sink = SinkUnderTest.on(store).assigned(SALES_0);
        for (int i = 0; i < 4; i++) {
            sink.add(sale(0, i, "o-" + i, 1));
        }
        sink.settle();

        assertThat(store.calls).contains("store order.completed-0-2-3");
        assertThat(store.entries).hasSize(2);
    }

    @Test
    void shouldWaitForMoreBeforeItWrites() {
        SinkUnderTest sink = SinkUnderTest.on(store).assigned(SALES_0);
        sink.add(sale(0, 0, "o-0", 1));
        sink.loop.turn();
        sink.advance(Duration.ofMillis(999));
        sink.loop.turn();
        sink.runBackground();
        assertThat(store.entries).isEmpty();

        sink.advance(Duration.ofMillis(1));
        sink.loop.turn();
        sink.runBackground();
        assertThat(store.entries).hasSize(1);
    }

    @Test
    void shouldWriteNothingWhenThereIsNothing() {
        SinkUnderTest sink = SinkUnderTest.on(store).assigned(SALES_0);
        sink.settle();
        sink.settle();

        assertThat(store.calls).containsExactly("prepare", "positions");
    }

    @Test
    void shouldCoverMarkersBehindTheLastRecord() {
        SinkUnderTest sink = SinkUnderTest.on(store).assigned(SALES_0);
        sink.add(sale(0, 0, "o-0", 1));
        sink.settle();
        sink.consumer.seek(SALES_0, 2);
        sink.settle();

        assertThat(store.positions).containsEntry(new Partition(SALES, 0), 2L);
    }

    @Test
    void shouldDelayAndLoseNothingWhileTheDatabaseIsAway() {
        SinkUnderTest sink = SinkUnderTest.on(store).assigned(SALES_0);
        for (int i = 0; i < 8; i++) {
            store.failures.add(new RetriableException("connection refused"));
        }
        sink.add(sale(0, 0, "o-0", 100));
        sink.settle();

        assertThat(sink.pauses)
                .startsWith(Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1))
                .endsWith(Duration.ofSeconds(10))
                .hasSize(8);
        assertThat(sum()).isEqualTo(100);
        assertThat(sink.status.text()).isEqualTo("stored all but 0 records");
    }

    @Test
    void shouldStopReadingWhenBothHandsAreFull() {
        SinkUnderTest sink = new SinkUnderTest(store, 2_000).assigned(SALES_0);
        for (int i = 0; i < 40; i++) {
            sink.add(sale(0, i, "o-" + i, 1));
        }
        sink.loop.turn();
        // The first round is on its way and does not end; what comes meanwhile fills the buffer.
        for (int i = 40; i < 80; i++) {
            sink.add(sale(0, i, "o-" + i, 1));
        }
        sink.loop.turn();

        assertThat(sink.consumer.paused()).containsExactly(SALES_0);
        assertThat(sink.meters.get("orderflow.analytics.waiting.bytes").gauge().value())
                .isGreaterThan(2_000);

        for (int i = 0; i < 100; i++) {
            sink.settle();
        }
        assertThat(sink.consumer.paused()).isEmpty();
        assertThat(store.entries).hasSize(80);
        assertThat(store.positions).containsEntry(new Partition(SALES, 0), 80L);
    }

    @Test
    void shouldSkipPoisonAsADeadLetterBeforeThePosition() {
        SinkUnderTest sink = SinkUnderTest.on(store).assigned(SALES_0);
        sink.add(sale(0, 0, "o-0", 1));
        sink.add(OrderLog.record(SALES, 0, 1, "o-1", new byte[] {42}));
        sink.add(sale(0, 2, "o-2", 1));
        sink.settle();

        assertThat(store.entries).hasSize(2);
        assertThat(store.positions).containsEntry(new Partition(SALES, 0), 3L);
        assertThat(sink.producer.history()).singleElement().satisfies(letter -> {
            assertThat(letter.topic()).isEqualTo("analytics.dead-letters");
            assertThat(letter.value()).containsExactly(42);
            assertThat(letter.headers().lastHeader("dl_offset").value())
                    .asString()
                    .isEqualTo("1");
            assertThat(letter.headers().lastHeader("dl_topic").value())
                    .asString()
                    .isEqualTo(SALES);
            assertThat(letter.headers().lastHeader("dl_reason").value())
                    .asString()
                    .contains("wire format");
        });
    }

    @Test
    void shouldForgetWhatItHasReadOfAPartitionThatItLoses() {
        SinkUnderTest sink = SinkUnderTest.on(store).assigned(SALES_0, REFUNDS_0);
        sink.add(sale(0, 0, "o-0", 1));
        sink.loop.turn();
        sink.consumer.rebalance(List.of(REFUNDS_0));
        sink.settle();

        assertThat(store.entries).isEmpty();
        assertThat(store.positions).isEmpty();
    }

    @Test
    void shouldBeReadyWhenItKnowsWhereToBegin() {
        SinkUnderTest sink = SinkUnderTest.on(store);
        sink.loop.turn();
        assertThat(sink.status.isReady()).isFalse();

        sink.assigned(SALES_0);
        assertThat(sink.status.isReady()).isTrue();
    }

    @Test
    void shouldGoOnBehindRecordsThatWereDeletedAndKeepThoseThatItHad() {
        store.positions.put(new Partition(SALES, 0), 2L);
        SinkUnderTest sink = SinkUnderTest.on(store).assigned(SALES_0);
        sink.add(sale(0, 2, "o-2", 1));
        sink.loop.turn();
        sink.consumer.updateBeginningOffsets(Map.of(SALES_0, 5L));
        sink.add(sale(0, 5, "o-5", 1));
        sink.settle();
        sink.settle();

        assertThat(store.entries).hasSize(2);
        assertThat(store.positions).containsEntry(new Partition(SALES, 0), 6L);
    }

    @Test
    void shouldReadATopicThatWasMadeAnewFromItsBeginning() {
        store.positions.put(new Partition(SALES, 0), 10L);
        SinkUnderTest sink = SinkUnderTest.on(store).assigned(SALES_0);
        sink.consumer.setPollException(new OffsetOutOfRangeException(Map.of(SALES_0, 10L)));
        sink.loop.turn();
        sink.add(sale(0, 0, "o-0", 1));
        sink.settle();

        assertThat(store.calls).contains("store order.completed-0-0-0");
        assertThat(store.entries).hasSize(1);
    }

    @Test
    void shouldGoBackToWhatIsStoredWhenARoundIsCutOff() {
        store.crashAtCall = 3;
        SinkUnderTest sink = SinkUnderTest.on(store).assigned(SALES_0);
        LongStream.range(0, 3).forEach(i -> sink.add(sale(0, i, "o-" + i, 1)));
        sink.settle();
        store.revive();
        // The consumer in memory forgets what it has handed out; a broker does not.
        LongStream.range(0, 5).forEach(i -> sink.add(sale(0, i, "o-" + i, 1)));
        sink.settle();
        sink.settle();

        assertThat(store.entries).hasSize(5);
        assertThat(store.positions).containsEntry(new Partition(SALES, 0), 5L);
    }

    private long sum() {
        return store.entries.values().stream()
                .mapToLong(entry -> entry.totalMinor())
                .sum();
    }
}
