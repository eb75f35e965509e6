package dev.orderflow.analytics.clickhouse;

import dev.orderflow.analytics.batch.RevenueEntry;
import dev.orderflow.analytics.batch.SoldLine;
import java.util.List;

/** The table of revenue entries, as rows are written to it. */
final class RevenueRows {

    static final String TABLE = "revenue_entries";
    static final List<String> COLUMNS = List.of(
            "order_id",
            "customer",
            "kind",
            "total_minor",
            "currency",
            "digits",
            "item_count",
            "event_time",
            "topic",
            "`partition`",
            "`offset`",
            "product_ids",
            "quantities",
            "line_totals");

    private RevenueRows() {}

    static void write(RevenueEntry entry, RowBinary row) {
        row.text(entry.orderId())
                .text(entry.customer())
                .int8(number(entry.kind()))
                .int64(entry.totalMinor())
                .text(entry.currency())
                .int8(entry.digits())
                .int64(entry.itemCount())
                .int64(entry.eventTime().toEpochMilli())
                .text(entry.source().topic())
                .int32(entry.source().number())
                .int64(entry.offset())
                .array(entry.lines(), SoldLine::productId, RowBinary::text)
                .array(entry.lines(), SoldLine::quantity, RowBinary::int32)
                .array(entry.lines(), SoldLine::totalMinor, RowBinary::int64);
    }

    private static int number(RevenueEntry.Kind kind) {
        return switch (kind) {
            case SALE -> 1;
            case REFUND -> 2;
        };
    }
}
