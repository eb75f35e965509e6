package dev.orderflow.order.topology;

import dev.orderflow.events.CancelReason;
import dev.orderflow.events.OrderOutcome;
import dev.orderflow.events.OrderStatus;
import dev.orderflow.events.OrderView;
import dev.orderflow.order.saga.Ending;
import dev.orderflow.order.saga.Evidence;
import dev.orderflow.order.saga.OrderState;
import dev.orderflow.order.saga.Outcome;
import dev.orderflow.order.saga.PaymentStep;
import dev.orderflow.order.saga.PlacedOrder;
import dev.orderflow.order.saga.PricedOrder;
import dev.orderflow.order.saga.RejectedOrder;
import dev.orderflow.order.saga.Status;
import dev.orderflow.order.saga.Step;
import dev.orderflow.order.saga.StockStep;
import dev.orderflow.order.saga.TimelineEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An order as people see it, to Avro and back. */
final class ViewAvro {

    private ViewAvro() {}

    static OrderView view(OrderState order) {
        Ending ending = order.ending();
        return new OrderView(
                order.orderId(),
                order.sequence(),
                order.contentHash(),
                PartsAvro.status(order.status()),
                outcome(order.outcome()),
                ending == null ? null : PartsAvro.reason(ending.reason()),
                ending == null ? order.refundReason() : ending.detail(),
                List.of(),
                ending == null ? List.of() : PartsAvro.toShortages(ending.shortages()),
                PartsAvro.customer(order.order().customer()),
                order.order().stockLocation(),
                PartsAvro.lines(order.order().lines()),
                PartsAvro.totals(order.order().totals()),
                order.chargeId(),
                order.refundId(),
                order.paymentUrl(),
                order.createdAt(),
                order.updatedAt(),
                order.confirmedAt(),
                order.dispatchDueAt(),
                order.completedAt(),
                timeline(order.timeline()));
    }

    static OrderView view(RejectedOrder order) {
        PlacedOrder asked = order.asked();
        String location = OutboundAvro.shortened(asked.stockLocation());
        return new OrderView(
                asked.orderId(),
                order.sequence(),
                order.contentHash(),
                OrderStatus.REJECTED,
                OrderOutcome.CANCELLED,
                CancelReason.INVALID,
                OutboundAvro.faultsOf(order),
                PartsAvro.faults(order.faults()),
                List.of(),
                OutboundAvro.customer(asked),
                location == null ? "" : location,
                List.of(),
                null,
                null,
                null,
                null,
                order.rejectedAt(),
                order.rejectedAt(),
                null,
                null,
                null,
                timeline(order.timeline()));
    }

    /** A closed order as it was shown, from which it can be picked up again. */
    static OrderState closed(OrderView view) {
        Status status = PartsAvro.status(view.getStatus());
        boolean sold = view.getConfirmedAt() != null && status != Status.CANCELLED;
        return order(
                view,
                view.getCreatedAt(),
                sold ? StockStep.COMMITTED : StockStep.RELEASED,
                status == Status.COMPLETED ? PaymentStep.CHARGED : PaymentStep.REFUNDED,
                null,
                null,
                0);
    }

    static OrderState order(
            OrderView view,
            Instant placedAt,
            StockStep stock,
            PaymentStep payment,
            @Nullable Instant deadline,
            @Nullable Instant timer,
            int repeats) {
        CancelReason reason = view.getReason();
        return new OrderState(
                new PricedOrder(
                        view.getOrderId(),
                        view.getContentHash(),
                        PartsAvro.customer(view.getCustomer()),
                        view.getStockLocation(),
                        PartsAvro.fromLines(view.getLines()),
                        PartsAvro.totals(view.getTotals()),
                        placedAt),
                view.getSequence(),
                PartsAvro.status(view.getStatus()),
                outcome(view.getOutcome()),
                stock,
                payment,
                reason == null
                        ? null
                        : new Ending(
                                PartsAvro.reason(reason), view.getDetail(), PartsAvro.shortages(view.getShortages())),
                view.getChargeId(),
                view.getRefundId(),
                reason == null ? view.getDetail() : null,
                view.getPaymentUrl(),
                view.getCreatedAt(),
                view.getUpdatedAt(),
                view.getConfirmedAt(),
                view.getDispatchDueAt(),
                view.getCompletedAt(),
                deadline,
                timer,
                repeats,
                entries(view.getTimeline()));
    }

    private static List<dev.orderflow.events.TimelineEntry> timeline(List<TimelineEntry> entries) {
        List<dev.orderflow.events.TimelineEntry> avro = new ArrayList<>(entries.size());
        for (TimelineEntry entry : entries) {
            Evidence evidence = entry.evidence();
            avro.add(new dev.orderflow.events.TimelineEntry(
                    entry.sequence(),
                    entry.step().text(),
                    entry.at(),
                    entry.attempt(),
                    entry.idempotencyKey(),
                    entry.detail(),
                    evidence == null ? null : evidence.topic(),
                    evidence == null ? -1 : evidence.partition(),
                    evidence == null ? -1L : evidence.offset(),
                    evidence == null ? null : evidence.eventId()));
        }
        return avro;
    }

    private static List<TimelineEntry> entries(List<dev.orderflow.events.TimelineEntry> avro) {
        List<TimelineEntry> entries = new ArrayList<>(avro.size());
        for (dev.orderflow.events.TimelineEntry entry : avro) {
            String topic = entry.getTopic();
            entries.add(new TimelineEntry(
                    entry.getSequence(),
                    Step.of(entry.getStep()),
                    entry.getAt(),
                    entry.getAttempt(),
                    entry.getIdempotencyKey(),
                    entry.getDetail(),
                    topic == null
                            ? null
                            : new Evidence(topic, entry.getPartition(), entry.getOffset(), entry.getEventId())));
        }
        return entries;
    }

    private static @Nullable OrderOutcome outcome(@Nullable Outcome outcome) {
        return switch (outcome) {
            case null -> null;
            case CONFIRMED -> OrderOutcome.CONFIRMED;
            case CANCELLED -> OrderOutcome.CANCELLED;
        };
    }

    private static @Nullable Outcome outcome(@Nullable OrderOutcome outcome) {
        return switch (outcome) {
            case null -> null;
            case CONFIRMED -> Outcome.CONFIRMED;
            case CANCELLED -> Outcome.CANCELLED;
            case UNKNOWN -> throw new IllegalStateException("an outcome of a newer version: run that version again");
        };
    }
}
