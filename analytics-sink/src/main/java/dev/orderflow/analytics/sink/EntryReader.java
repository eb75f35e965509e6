package dev.orderflow.analytics.sink;

import dev.orderflow.analytics.batch.Partition;
import dev.orderflow.analytics.batch.RevenueEntry;
import dev.orderflow.analytics.batch.RevenueEntry.Kind;
import dev.orderflow.analytics.batch.SoldLine;
import dev.orderflow.durable.PoisonException;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.events.Customer;
import dev.orderflow.events.OrderCompleted;
import dev.orderflow.events.OrderRefunded;
import dev.orderflow.events.PricedLine;
import dev.orderflow.events.Totals;
import dev.orderflow.schemas.Pseudonym;
import dev.orderflow.schemas.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Turns records of the order log into revenue entries. Safe for use by several threads. */
public final class EntryReader {

    private final AvroSerdes serdes;
    private final Pseudonym pseudonym;

    public EntryReader(AvroSerdes serdes, Pseudonym pseudonym) {
        this.serdes = serdes;
        this.pseudonym = pseudonym;
    }

    /**
     * The entry that a record stands for.
     *
     * @throws PoisonException when it can never be one
     * @throws dev.orderflow.durable.RetriableException when the registry is away
     */
    public RevenueEntry read(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.topic().equals(Topics.ORDER_COMPLETED.name())) {
                OrderCompleted sale = serdes.deserialize(record.topic(), record.value(), OrderCompleted.class);
                return entry(
                        record,
                        Kind.SALE,
                        sale.getOrderId(),
                        sale.getCustomer(),
                        sale.getLines(),
                        sale.getTotals(),
                        sale.getCompletedAt());
            }
            OrderRefunded refund = serdes.deserialize(record.topic(), record.value(), OrderRefunded.class);
            return entry(
                    record,
                    Kind.REFUND,
                    refund.getOrderId(),
                    refund.getCustomer(),
                    refund.getLines(),
                    refund.getTotals(),
                    refund.getRefundedAt());
        } catch (IllegalArgumentException | ArithmeticException contradictory) {
            throw new PoisonException("Not a revenue entry: " + contradictory.getMessage(), contradictory);
        }
    }

    private RevenueEntry entry(
            ConsumerRecord<byte[], byte[]> record,
            Kind kind,
            String orderId,
            Customer customer,
            List<PricedLine> lines,
            Totals totals,
            Instant time) {
        long items = 0;
        List<SoldLine> sold = new ArrayList<>(lines.size());
        for (PricedLine line : lines) {
            items += line.getQuantity();
            sold.add(new SoldLine(
                    line.getProductId(), line.getQuantity(), RevenueEntry.signed(kind, line.getLineTotal())));
        }
        return new RevenueEntry(
                orderId,
                customer.getUserId() == null ? "" : pseudonym.of(customer.getUserId()),
                kind,
                RevenueEntry.signed(kind, totals.getTotal()),
                totals.getCurrency(),
                totals.getDigits(),
                items,
                time,
                new Partition(record.topic(), record.partition()),
                record.offset(),
                sold);
    }
}
