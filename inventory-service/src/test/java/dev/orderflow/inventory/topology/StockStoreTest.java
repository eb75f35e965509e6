package dev.orderflow.inventory.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.effect.Effects;
import dev.orderflow.durable.runtime.Origin;
import dev.orderflow.durable.runtime.Task;
import dev.orderflow.durable.timer.Timers;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import dev.orderflow.events.StockRow;
import dev.orderflow.inventory.stock.StockLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class StockStoreTest {

    private static final StockKey CUP = new StockKey("main", "cup");
    private static final StockKey POT = new StockKey("main", "pot");

    private final OneStore task = new OneStore();

    /** A task with the one store that matters, which notes the ids of what is emitted. */
    private static final class OneStore implements Task {

        final List<String> emitted = new ArrayList<>();
        final KeyValueStore<String, StockRow> rows = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("stock"),
                        Serdes.String(),
                        AvroSerdes.with(new InMemoryRegistry()).serde(StockRow.class))
                .withLoggingDisabled()
                .build();
        Instant now = Messages.START;

        OneStore() {
            rows.init(new MockProcessorContext<>().getStateStoreContext(), rows);
        }

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public int partition() {
            return 0;
        }

        @Override
        @SuppressWarnings("unchecked") // there is only one
        public <V extends SpecificRecord> KeyValueStore<String, V> store(String name, Class<V> type) {
            return (KeyValueStore<String, V>) rows;
        }

        @Override
        public void emit(String topic, String key, SpecificRecord value, String eventId, String eventType) {
            throw new AssertionError("Nobody waits for a view: " + eventId);
        }

        @Override
        public void emitUnhurried(String topic, String key, SpecificRecord value, String eventId, String eventType) {
            emitted.add(eventId);
        }

        @Override
        public void afterCommit(Runnable action) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void deadLetter(Origin origin, byte[] key, byte[] value, Headers headers, String reason) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Timers timers() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Effects effects() {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void shouldPublishEachProductOncePerBatch() {
        var stock = new StockStore(task);
        stock.put(CUP, new StockLevel(10, 0, 0));
        stock.put(POT, new StockLevel(1, 0, 0));
        stock.put(CUP, new StockLevel(8, 2, 0));
        assertThat(stock.publish()).isNull();
        assertThat(task.emitted).containsExactlyInAnyOrder("main/cup/2", "main/pot/1");
        assertThat(stock.publish()).isNull();
        assertThat(task.emitted).hasSize(2);
        assertThat(stock.level(CUP)).isEqualTo(new StockLevel(8, 2, 0));
    }

    @Test
    void shouldPublishAProductThatSellsTwiceASecondAtMost() {
        var stock = new StockStore(task);
        stock.put(CUP, new StockLevel(10, 0, 0));
        assertThat(stock.publish()).isNull();
        Instant next = task.now.plusMillis(500);

        task.now = task.now.plusMillis(100);
        stock.put(CUP, new StockLevel(9, 1, 0));
        assertThat(stock.publish()).isEqualTo(next);
        task.now = task.now.plusMillis(100);
        stock.put(CUP, new StockLevel(9, 0, 1));
        assertThat(stock.publish()).isEqualTo(next);
        assertThat(task.emitted).containsExactly("main/cup/1");

        task.now = next;
        assertThat(stock.publish()).isNull();
        assertThat(task.emitted).containsExactly("main/cup/1", "main/cup/3");
    }

    @Test
    void shouldPublishWhatALostHandlerLeftBehind() {
        var lost = new StockStore(task);
        lost.put(POT, new StockLevel(1, 0, 0));
        task.now = task.now.plus(Duration.ofHours(1));
        lost.put(CUP, new StockLevel(10, 0, 0));

        var next = new StockStore(task);
        assertThat(next.level(CUP)).isEqualTo(new StockLevel(10, 0, 0));
        next.publish();
        assertThat(task.emitted).as("only what changed last").containsExactly("main/cup/1");
        next.publish();
        assertThat(task.emitted).hasSize(1);
    }
}
