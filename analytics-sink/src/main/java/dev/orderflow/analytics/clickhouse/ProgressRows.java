package dev.orderflow.analytics.clickhouse;

import dev.orderflow.analytics.batch.OrderProgress;
import dev.orderflow.analytics.batch.OrderProgress.Milestones;
import dev.orderflow.analytics.batch.StepTally;
import java.util.List;

/** The table of how far orders have come, as rows are written to it. */
final class ProgressRows {

    static final String TABLE = "order_progress";
    static final List<String> COLUMNS = List.of(
            "order_id",
            "sequence",
            "status",
            "reason",
            "currency",
            "total_minor",
            "created_at",
            "reserved_at",
            "charged_at",
            "confirmed_at",
            "completed_at",
            "cancelled_at",
            "refunded_at",
            "step_names",
            "step_reasons",
            "step_counts",
            "topic",
            "`partition`",
            "`offset`");

    private ProgressRows() {}

    static void write(OrderProgress progress, RowBinary row) {
        Milestones came = progress.milestones();
        row.text(progress.orderId())
                .int64(progress.sequence())
                .text(progress.status())
                .text(progress.reason())
                .text(progress.currency())
                .int64(progress.totalMinor())
                .int64(progress.createdAt().toEpochMilli())
                .momentOrNull(came.reserved())
                .momentOrNull(came.charged())
                .momentOrNull(came.confirmed())
                .momentOrNull(came.completed())
                .momentOrNull(came.cancelled())
                .momentOrNull(came.refunded())
                .array(progress.steps(), StepTally::step, RowBinary::text)
                .array(progress.steps(), StepTally::reason, RowBinary::text)
                .array(progress.steps(), StepTally::count, RowBinary::int32)
                .text(progress.source().topic())
                .int32(progress.source().number())
                .int64(progress.offset());
    }
}
