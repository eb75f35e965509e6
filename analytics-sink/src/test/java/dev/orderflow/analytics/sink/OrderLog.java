package dev.orderflow.analytics.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import dev.orderflow.events.Customer;
import dev.orderflow.events.OrderCompleted;
import dev.orderflow.events.OrderRefunded;
import dev.orderflow.events.OrderStatus;
import dev.orderflow.events.OrderView;
import dev.orderflow.events.PricedLine;
import dev.orderflow.events.TimelineEntry;
import dev.orderflow.events.Totals;
import dev.orderflow.schemas.Pseudonym;
import dev.orderflow.schemas.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records as the saga writes them. */
final class OrderLog {

    static final String SALES = Topics.ORDER_COMPLETED.name();
    static final String REFUNDS = Topics.ORDER_REFUNDED.name();
    static final String VIEWS = Topics.ORDER_VIEW.name();
    static final Instant TIME = Instant.parse("2026-03-01T10:20:30.400Z");
    static final AvroSerdes SERDES = AvroSerdes.with(new InMemoryRegistry());
    static final Pseudonym PSEUDONYM = Pseudonym.keyedWith("a secret of some length");
    static final EntryReader READER = new EntryReader(SERDES, PSEUDONYM);

    static final FactReader FACTS = new FactReader(SERDES, PSEUDONYM);

    private OrderLog() {}

    static ConsumerRecord<byte[], byte[]> view(long offset, OrderView view) {
        return record(VIEWS, 0, offset, view.getOrderId(), SERDES.serialize(VIEWS, view));
    }

    /** A view with this many entries in its timeline, each a second after the one before. */
    static OrderView.Builder view(String orderId, OrderStatus status, String... steps) {
        List<TimelineEntry> timeline = new ArrayList<>();
        for (String step : steps) {
            timeline.add(TimelineEntry.newBuilder()
                    .setSequence(timeline.size() + 1L)
                    .setStep(step)
                    .setAt(TIME.plusSeconds(timeline.size()))
                    .build());
        }
        return OrderView.newBuilder()
                .setOrderId(orderId)
                .setSequence(steps.length)
                .setContentHash("h")
                .setStatus(status)
                .setCustomer(customer("user-1"))
                .setStockLocation("main")
                .setLines(lines(100))
                .setTotals(totals(100))
                .setCreatedAt(TIME)
                .setUpdatedAt(TIME.plusSeconds(steps.length - 1L))
                .setTimeline(timeline);
    }

    static ConsumerRecord<byte[], byte[]> sale(int partition, long offset, String orderId, long total) {
        return record(SALES, partition, offset, orderId, SERDES.serialize(SALES, completed(orderId, total)));
    }

    static ConsumerRecord<byte[], byte[]> refund(int partition, long offset, String orderId, long total) {
        OrderRefunded value = OrderRefunded.newBuilder()
                .setOrderId(orderId)
                .setCustomer(customer("user-1"))
                .setLines(lines(total))
                .setTotals(totals(total))
                .setChargeId("ch-1")
                .setRefundId("re-1")
                .setCompletedAt(TIME)
                .setRefundedAt(TIME.plusSeconds(7200))
                .build();
        return record(REFUNDS, partition, offset, orderId, SERDES.serialize(REFUNDS, value));
    }

    static ConsumerRecord<byte[], byte[]> record(String topic, int partition, long offset, String key, byte[] value) {
        return new ConsumerRecord<>(topic, partition, offset, key.getBytes(UTF_8), value);
    }

    static OrderCompleted completed(String orderId, long total) {
        return OrderCompleted.newBuilder()
                .setOrderId(orderId)
                .setCustomer(customer("user-1"))
                .setStockLocation("main")
                .setLines(lines(total))
                .setTotals(totals(total))
                .setChargeId("ch-1")
                .setPlacedAt(TIME.minusSeconds(20))
                .setConfirmedAt(TIME.minusSeconds(10))
                .setCompletedAt(TIME)
                .build();
    }

    static Customer customer(String userId) {
        return Customer.newBuilder().setUserId(userId).build();
    }

    private static List<PricedLine> lines(long total) {
        return List.of(line("p-1", 2, total), line("p-2", 1, 0));
    }

    private static PricedLine line(String product, int quantity, long price) {
        return PricedLine.newBuilder()
                .setProductId(product)
                .setQuantity(quantity)
                .setUnitPrice(price)
                .setLineTotal(price * quantity)
                .build();
    }

    private static Totals totals(long total) {
        return new Totals("EUR", 2, total, 0, 0L, total);
    }
}
