package dev.orderflow.payment.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.runtime.DeadLetterHeaders;
import dev.orderflow.durable.runtime.EventHeaders;
import dev.orderflow.durable.runtime.Origin;
import dev.orderflow.durable.runtime.Routing;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import dev.orderflow.events.StockAdjustment;
import dev.orderflow.payment.book.Patience;
import dev.orderflow.schemas.Topic;
import dev.orderflow.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** An adjustment that inventory has refused at first and taken when it was sent again. */
class RecordsTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final Instant LATER = NOW.plus(Duration.ofMinutes(20));
    private static final Patience PATIENCE =
            new Patience(Duration.ofSeconds(2), Duration.ofSeconds(15), Duration.ofMinutes(15), Duration.ofSeconds(1));

    private final AvroSerdes serdes = AvroSerdes.with(new InMemoryRegistry());
    private final Records records = new Records(serdes);
    private final Books books = new Books("topics", "plain", PATIENCE, true);
    private final byte[] adjustment = serdes.serialize(
            Topics.STOCK_ADJUSTMENTS.name(),
            StockAdjustment.newBuilder()
                    .setAdjustmentId("a-1")
                    .setStockLocation("berlin")
                    .setProductId("mug")
                    .setDelta(-5)
                    .setAt(NOW)
                    .build());
    private final Headers setAside = DeadLetterHeaders.of(
            new RecordHeaders(), "inventory", new Origin(Topics.STOCK_ADJUSTMENTS.name(), 0, 7), NOW, "too few");
    private final Headers sentAgain =
            DeadLetterHeaders.again(setAside, "inventory-0-1", NOW, NOW, LATER, "there are enough now");

    @Test
    void shouldCountWhenItWasTaken() {
        read(Topics.STOCK_ADJUSTMENTS, new RecordHeaders());
        read(Topics.INVENTORY_DEAD_LETTERS, setAside);
        assertThat(adjusted()).isZero();

        read(Topics.INVENTORY_REDRIVES, sentAgain);

        assertThat(adjusted()).isEqualTo(-5);
    }

    @Test
    void shouldNotCountWhenItWasRefusedOnceMoreThoughItCameThroughAnotherPartition() {
        read(Topics.STOCK_ADJUSTMENTS, new RecordHeaders());
        read(Topics.INVENTORY_DEAD_LETTERS, setAside);
        read(Topics.INVENTORY_REDRIVES, sentAgain);
        Headers rerouted = new RecordHeaders(sentAgain).add(EventHeaders.REROUTED, Routing.keyBytes("true"));
        read(Topics.INVENTORY_REDRIVES, rerouted);
        read(Topics.INVENTORY_DEAD_LETTERS, rerouted);

        assertThat(adjusted()).isZero();
    }

    @Test
    void shouldCountOnceWhatHasComeThroughAnotherPartitionAndWasRefused() {
        read(Topics.STOCK_ADJUSTMENTS, new RecordHeaders());
        Headers rerouted = new RecordHeaders().add(EventHeaders.REROUTED, Routing.keyBytes("true"));
        read(Topics.STOCK_ADJUSTMENTS, rerouted);
        read(Topics.INVENTORY_DEAD_LETTERS, setAside);

        assertThat(adjusted()).isZero();
    }

    private long adjusted() {
        books.logRead(LATER);
        return books.stock().report().adjusted();
    }

    private void read(Topic topic, Headers headers) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                topic.name(),
                0,
                1,
                NOW.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                adjustment.length,
                Routing.keyBytes("berlin"),
                adjustment,
                headers,
                Optional.empty());
        records.entry(record, NOW).orElse(_ -> {}).accept(books);
    }
}
