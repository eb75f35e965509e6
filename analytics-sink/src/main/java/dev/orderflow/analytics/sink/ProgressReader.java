package dev.orderflow.analytics.sink;

import dev.orderflow.analytics.batch.OrderProgress;
import dev.orderflow.analytics.batch.OrderProgress.Milestones;
import dev.orderflow.analytics.batch.Partition;
import dev.orderflow.analytics.batch.StepTally;
import dev.orderflow.durable.PoisonException;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.events.OrderView;
import dev.orderflow.events.TimelineEntry;
import dev.orderflow.events.Totals;
import dev.orderflow.schemas.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Turns views of orders into how far they have come. Safe for use by several threads. */
final class ProgressReader {

    private static final int LONGEST_REASON = 60;

    private final AvroSerdes serdes;

    ProgressReader(AvroSerdes serdes) {
        this.serdes = serdes;
    }

    /**
     * How far the order of a view has come.
     *
     * @throws PoisonException when the record is no view
     */
    OrderProgress read(ConsumerRecord<byte[], byte[]> record) {
        OrderView view = serdes.deserialize(Topics.ORDER_VIEW.name(), record.value(), OrderView.class);
        Totals totals = view.getTotals();
        try {
            return new OrderProgress(
                    view.getOrderId(),
                    view.getSequence(),
                    word(view.getStatus()),
                    view.getReason() == null ? "" : word(view.getReason()),
                    totals == null ? "" : totals.getCurrency(),
                    totals == null ? 0 : totals.getTotal(),
                    view.getCreatedAt(),
                    milestones(view),
                    steps(view.getTimeline()),
                    new Partition(record.topic(), record.partition()),
                    record.offset());
        } catch (IllegalArgumentException contradictory) {
            throw new PoisonException("Not a view of an order: " + contradictory.getMessage(), contradictory);
        }
    }

    private static Milestones milestones(OrderView view) {
        List<TimelineEntry> timeline = view.getTimeline();
        return new Milestones(
                first(timeline, "stock-reserved"),
                first(timeline, "payment-charged"),
                view.getConfirmedAt(),
                view.getCompletedAt(),
                switch (view.getStatus()) {
                    case CANCELLED, REJECTED -> view.getUpdatedAt();
                    case RESERVING,
                            CHARGING,
                            EXPIRING,
                            CANCELLING,
                            CONFIRMED,
                            COMPLETED,
                            REFUNDING,
                            REFUNDED,
                            UNKNOWN -> null;
                },
                switch (view.getStatus()) {
                    case REFUNDED -> view.getUpdatedAt();
                    case RESERVING,
                            CHARGING,
                            EXPIRING,
                            CANCELLING,
                            CONFIRMED,
                            COMPLETED,
                            REFUNDING,
                            CANCELLED,
                            REJECTED,
                            UNKNOWN -> null;
                });
    }

    private static @Nullable Instant first(List<TimelineEntry> timeline, String step) {
        for (TimelineEntry entry : timeline) {
            if (entry.getStep().equals(step)) {
                return entry.getAt();
            }
        }
        return null;
    }

    private static List<StepTally> steps(List<TimelineEntry> timeline) {
        List<StepTally> steps = new ArrayList<>();
        for (TimelineEntry entry : timeline) {
            step(entry).ifPresent(steps::add);
        }
        return steps;
    }

    /** What an entry says of a step; entries that say nothing of one, and those of a newer saga, are left out. */
    private static Optional<StepTally> step(TimelineEntry entry) {
        return Optional.ofNullable(
                switch (entry.getStep()) {
                    case "order-accepted" -> new StepTally("accept", "", 1);
                    case "order-rejected" -> new StepTally("accept", "invalid", 1);
                    case "stock-reserved" -> new StepTally("reserve", "", 1);
                    case "stock-rejected" -> new StepTally("reserve", "out_of_stock", 1);
                    case "reserve-deadline" -> new StepTally("reserve", "deadline", 1);
                    case "payment-charged" -> new StepTally("charge", "", 1);
                    case "payment-declined" -> new StepTally("charge", "declined: " + reason(entry), 1);
                    case "payment-attempt-failed" ->
                        new StepTally("charge", "attempt: " + reason(entry), Math.max(1, entry.getAttempt()));
                    case "payment-deadline" -> new StepTally("charge", "deadline", 1);
                    case "stock-released" -> new StepTally("release", "", 1);
                    case "payment-voided" -> new StepTally("void", "", 1);
                    case "payment-refunded" -> new StepTally("refund", "", 1);
                    case "undo-repeated" -> new StepTally("undo", "no_answer", Math.max(1, entry.getAttempt()));
                    case "order-completed" -> new StepTally("dispatch", "", 1);
                    default -> null;
                });
    }

    /** A few words that many orders have in common: up to the first punctuation. */
    private static String reason(TimelineEntry entry) {
        String detail = entry.getDetail() == null ? "unknown" : entry.getDetail();
        String words = detail.split("[:;,]", 2)[0].strip();
        return words.substring(0, Math.min(words.length(), LONGEST_REASON));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
