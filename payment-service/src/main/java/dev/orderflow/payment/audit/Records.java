package dev.orderflow.payment.audit;

import dev.orderflow.durable.PoisonException;
import dev.orderflow.durable.runtime.DeadLetterHeaders;
import dev.orderflow.durable.runtime.EventHeaders;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.events.CancelPayment;
import dev.orderflow.events.CancelReason;
import dev.orderflow.events.Money;
import dev.orderflow.events.OrderAccepted;
import dev.orderflow.events.OrderCancelled;
import dev.orderflow.events.OrderCompleted;
import dev.orderflow.events.OrderConfirmed;
import dev.orderflow.events.OrderRefunded;
import dev.orderflow.events.PaymentCharged;
import dev.orderflow.events.PaymentCommand;
import dev.orderflow.events.PaymentEvent;
import dev.orderflow.events.PaymentRefunded;
import dev.orderflow.events.RefundPayment;
import dev.orderflow.events.StockAdjustment;
import dev.orderflow.events.StockView;
import dev.orderflow.events.Totals;
import dev.orderflow.payment.book.Entry;
import dev.orderflow.payment.book.StockBook.Adjustment;
import dev.orderflow.payment.book.Sum;
import dev.orderflow.schemas.Topic;
import dev.orderflow.schemas.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records of the topics as entries of the books. */
final class Records {

    /** What is read; payment's own facts are read as one account among others. */
    static final List<Topic> TOPICS = List.of(
            Topics.ORDER_ACCEPTED,
            Topics.ORDER_CONFIRMED,
            Topics.ORDER_COMPLETED,
            Topics.ORDER_CANCELLED,
            Topics.ORDER_REFUNDED,
            Topics.PAYMENT_COMMANDS,
            Topics.PAYMENT_EVENTS,
            Topics.STOCK_ADJUSTMENTS,
            Topics.STOCK_VIEW,
            Topics.INVENTORY_DEAD_LETTERS,
            Topics.INVENTORY_REDRIVES);

    private static final Logger LOG = LoggerFactory.getLogger(Records.class);

    private final AvroSerdes serdes;

    Records(AvroSerdes serdes) {
        this.serdes = serdes;
    }

    /**
     * What a record adds to the books; empty when it adds nothing.
     *
     * @throws dev.orderflow.durable.RetriableException when the registry cannot be reached
     */
    Optional<Consumer<Books>> entry(ConsumerRecord<byte[], byte[]> record, Instant now) {
        if (record.value() == null) {
            return Optional.empty();
        }
        try {
            return decoded(record, now);
        } catch (PoisonException poison) {
            LOG.warn(
                    "{}-{} offset {} is not in the books: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    poison.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Consumer<Books>> decoded(ConsumerRecord<byte[], byte[]> record, Instant now) {
        String topic = record.topic();
        byte[] value = record.value();
        if (topic.equals(Topics.ORDER_ACCEPTED.name())) {
            OrderAccepted order = serdes.deserialize(topic, value, OrderAccepted.class);
            return money(new Entry.Accepted(order.getOrderId(), sum(order.getTotals())), now);
        }
        if (topic.equals(Topics.ORDER_CONFIRMED.name())) {
            OrderConfirmed order = serdes.deserialize(topic, value, OrderConfirmed.class);
            return money(new Entry.Confirmed(order.getOrderId(), sum(order.getTotals()), order.getChargeId()), now);
        }
        if (topic.equals(Topics.ORDER_COMPLETED.name())) {
            return money(
                    new Entry.Completed(serdes.deserialize(topic, value, OrderCompleted.class)
                            .getOrderId()),
                    now);
        }
        if (topic.equals(Topics.ORDER_CANCELLED.name())) {
            OrderCancelled order = serdes.deserialize(topic, value, OrderCancelled.class);
            // Never accepted, and its id may be used again by a corrected order.
            return order.getReason() == CancelReason.INVALID
                    ? Optional.empty()
                    : money(new Entry.Cancelled(order.getOrderId()), now);
        }
        if (topic.equals(Topics.ORDER_REFUNDED.name())) {
            OrderRefunded order = serdes.deserialize(topic, value, OrderRefunded.class);
            return money(new Entry.PaidBack(order.getOrderId(), sum(order.getTotals()), order.getChargeId()), now);
        }
        if (topic.equals(Topics.PAYMENT_COMMANDS.name())) {
            return command(serdes.deserialize(topic, value, PaymentCommand.class), now);
        }
        if (topic.equals(Topics.PAYMENT_EVENTS.name())) {
            return fact(serdes.deserialize(topic, value, PaymentEvent.class), now);
        }
        if (topic.equals(Topics.STOCK_VIEW.name())) {
            StockView view = serdes.deserialize(topic, value, StockView.class);
            return Optional.of(books -> books.stock()
                    .viewed(
                            view.getStockLocation(),
                            view.getProductId(),
                            view.getOnHand(),
                            view.getReserved(),
                            view.getCommitted(),
                            view.getAdjusted(),
                            now));
        }
        if (topic.equals(Topics.STOCK_ADJUSTMENTS.name())) {
            return isRerouted(record) ? Optional.empty() : sent(adjustment(value), now);
        }
        return topic.equals(Topics.INVENTORY_REDRIVES.name()) ? sentAgain(record, now) : refused(record, now);
    }

    /** A dead letter of inventory: only adjustments change what is on the shelves. */
    private Optional<Consumer<Books>> refused(ConsumerRecord<byte[], byte[]> record, Instant now) {
        return setAside(record).map(adjustment -> books -> books.stock().refused(adjustment, now));
    }

    /** The same, sent to inventory once more. */
    private Optional<Consumer<Books>> sentAgain(ConsumerRecord<byte[], byte[]> record, Instant now) {
        return isRerouted(record) ? Optional.empty() : setAside(record).flatMap(adjustment -> sent(adjustment, now));
    }

    private static Optional<Consumer<Books>> sent(Adjustment adjustment, Instant now) {
        return Optional.of(books -> books.stock().sent(adjustment, now));
    }

    /** It has come to the wrong partition first, and is there already. */
    private static boolean isRerouted(ConsumerRecord<byte[], byte[]> record) {
        return record.headers().lastHeader(EventHeaders.REROUTED) != null;
    }

    private Optional<Adjustment> setAside(ConsumerRecord<byte[], byte[]> record) {
        String from = EventHeaders.text(record.headers(), DeadLetterHeaders.TOPIC);
        if (from == null || !from.equals(Topics.STOCK_ADJUSTMENTS.name())) {
            return Optional.empty();
        }
        try {
            return Optional.of(adjustment(record.value()));
        } catch (PoisonException unreadable) {
            // It was unreadable as an adjustment, too, and was not counted there.
            return Optional.empty();
        }
    }

    private Adjustment adjustment(byte[] value) {
        StockAdjustment record = serdes.deserialize(Topics.STOCK_ADJUSTMENTS.name(), value, StockAdjustment.class);
        return new Adjustment(
                record.getStockLocation(), record.getProductId(), record.getDelta(), record.getAdjustmentId());
    }

    private static Optional<Consumer<Books>> command(PaymentCommand command, Instant now) {
        boolean undo =
                switch (command.getCommand()) {
                    case CancelPayment cancel -> !cancel.getUnlessDone();
                    case RefundPayment _ -> true;
                    default -> false;
                };
        return undo ? money(new Entry.UndoAsked(command.getOrderId()), now) : Optional.empty();
    }

    private static Optional<Consumer<Books>> fact(PaymentEvent event, Instant now) {
        return switch (event.getFact()) {
            case PaymentCharged charged ->
                money(
                        new Entry.SaidCharged(
                                event.getOrderId(),
                                event.getIdempotencyKey(),
                                charged.getChargeId(),
                                sum(charged.getAmount())),
                        now);
            case PaymentRefunded refunded ->
                money(
                        new Entry.SaidRefunded(
                                event.getOrderId(),
                                event.getIdempotencyKey(),
                                refunded.getChargeId(),
                                sum(refunded.getAmount())),
                        now);
            default -> Optional.empty();
        };
    }

    private static Optional<Consumer<Books>> money(Entry entry, Instant now) {
        return Optional.of(books -> books.money().add(entry, now));
    }

    private static Sum sum(Totals totals) {
        return new Sum(totals.getTotal(), totals.getCurrency());
    }

    private static Sum sum(Money money) {
        return new Sum(money.getAmount(), money.getCurrency());
    }
}
