package dev.orderflow.analytics.sink;

import static dev.orderflow.analytics.sink.OrderLog.READER;
import static dev.orderflow.analytics.sink.OrderLog.SALES;
import static dev.orderflow.analytics.sink.OrderLog.SERDES;
import static dev.orderflow.analytics.sink.OrderLog.TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.analytics.batch.Partition;
import dev.orderflow.analytics.batch.RevenueEntry;
import dev.orderflow.analytics.batch.RevenueEntry.Kind;
import dev.orderflow.analytics.batch.SoldLine;
import dev.orderflow.durable.PoisonException;
import dev.orderflow.events.Customer;
import dev.orderflow.events.OrderCompleted;
import dev.orderflow.schemas.Topics;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class EntryReaderTest {

    private static final String CUSTOMER = OrderLog.PSEUDONYM.of("user-1");

    @Test
    void shouldReadASale() {
        assertThat(READER.read(OrderLog.sale(1, 7, "o-1", 5998)))
                .isEqualTo(new RevenueEntry(
                        "o-1",
                        CUSTOMER,
                        Kind.SALE,
                        5998,
                        "EUR",
                        2,
                        3,
                        TIME,
                        new Partition("order.completed", 1),
                        7,
                        List.of(new SoldLine("p-1", 2, 11996), new SoldLine("p-2", 1, 0))));
    }

    @Test
    void shouldReadARefundAsNegativeRevenueAtItsOwnTime() {
        assertThat(READER.read(OrderLog.refund(0, 9, "o-1", 5998)))
                .isEqualTo(new RevenueEntry(
                        "o-1",
                        CUSTOMER,
                        Kind.REFUND,
                        -5998,
                        "EUR",
                        2,
                        3,
                        TIME.plusSeconds(7200),
                        new Partition("order.refunded", 0),
                        9,
                        List.of(new SoldLine("p-1", 2, -11996), new SoldLine("p-2", 1, 0))));
    }

    @Test
    void shouldLetNoUserIdThrough() {
        assertThat(READER.read(OrderLog.sale(0, 0, "o-1", 1)).toString()).doesNotContain("user-1");
    }

    @Test
    void shouldReadTheOrderOfACustomerWhoWasForgotten() {
        OrderCompleted order = OrderLog.completed("o-1", 100);
        order.setCustomer(Customer.newBuilder().build());

        assertThat(READER.read(sale(order)).customer()).isEmpty();
    }

    @Test
    void shouldCallPoisonWhatCanNeverBeAnEntry() {
        OrderCompleted negative = OrderLog.completed("o-1", -100);
        OrderCompleted strange = OrderLog.completed("o-1", 100);
        strange.getTotals().setCurrency("Euro");

        assertPoison(sale(negative), "wrong sign");
        assertPoison(sale(strange), "'Euro'");
        assertPoison(OrderLog.record(SALES, 0, 0, "o-1", new byte[] {1, 2, 3}), "wire format");
        assertPoison(
                OrderLog.record(
                        Topics.ORDER_REFUNDED.name(),
                        0,
                        0,
                        "o-1",
                        sale(negative).value()),
                "OrderCompleted");
    }

    private static ConsumerRecord<byte[], byte[]> sale(OrderCompleted order) {
        return OrderLog.record(SALES, 0, 0, "o-1", SERDES.serialize(SALES, order));
    }

    private static void assertPoison(ConsumerRecord<byte[], byte[]> record, String reason) {
        assertThatThrownBy(() -> READER.read(record))
                .isInstanceOf(PoisonException.class)
                .hasMessageContaining(reason);
    }
}
